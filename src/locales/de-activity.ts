import type { Invitation } from '../protocol/invitation.ts';
import type { Actor } from '../protocol/participant.ts';
import { cleared, contentBack } from './de-reset.ts';
import type { PanelTexts } from './en-panels.ts';

const who = (by: Actor | undefined): string =>
  by === undefined ? 'Jemand' : 'name' in by ? by.name : 'Diese Website';
const invited = ({ name, email }: Pick<Invitation, 'name' | 'email'>): string =>
  name ?? email ?? 'jemanden';
const opens = {
  off: 'ist abgeschaltet',
  knock: 'verlangt anzuklopfen',
  always: 'lässt direkt herein',
  host: 'macht zum Gastgeber',
};
const over = {
  withdrawn: 'wartet nicht mehr',
  expired: 'hat gewartet, und niemand hat geantwortet',
  removed: 'wurde beim Warten entfernt',
  ended: 'hat gewartet, als der Anruf endete',
  reset: 'hat gewartet, als der Raum zurückgesetzt wurde',
};

const cut = {
  left: 'Wer aufgenommen hat, ist gegangen',
  lost: 'Wer aufgenommen hat, hat die Verbindung verloren',
  removed: 'Wer aufgenommen hat, wurde entfernt',
  ended: 'Das Gespräch war zu Ende',
  reset: 'Der Raum wurde zurückgesetzt',
  failed: 'Das Aufzeichnen ist fehlgeschlagen',
};

/** Was im Raum geschah, in Worten. */
export const activity: PanelTexts['people']['activity']['said'] = {
  'participant-joined': ({ participant }) => `${participant.name} ist beigetreten`,
  'participant-left': ({ participant, reason }) =>
    reason === 'network'
      ? `${participant.name} hat die Verbindung verloren`
      : reason === 'replaced'
        ? `${participant.name} macht in einem anderen Fenster weiter`
        : `${participant.name} ist gegangen`,
  'participant-removed': ({ participant, by, note }) =>
    `${who(by)} hat ${participant.name} entfernt${note ? `: „${note}“` : ''}`,
  'participant-restored': ({ participant, by }) =>
    `${who(by)} hat ${participant.name} wieder zugelassen`,
  'call-ended': ({ by, keptHost, cause }) =>
    cause === 'no-host'
      ? 'Der Anruf endete, weil kein Gastgeber mehr da war'
      : `${who(by)} hat den Anruf für alle${keptHost ? ' anderen' : ''} beendet`,
  'knock-received': ({ knock }) => `${knock.name} hat angeklopft`,
  'knock-admitted': ({ knock, by }) =>
    by ? `${who(by)} hat ${knock.name} hereingelassen` : `${knock.name} wurde hereingelassen`,
  'knock-denied': ({ knock, by, note }) =>
    `${who(by)} hat ${knock.name} abgewiesen${note ? `: „${note}“` : ''}`,
  'knock-over': ({ knock, reason }) => `${knock.name} ${over[reason]}`,
  'room-locked': ({ by, cause }) =>
    cause === 'removal'
      ? 'Mit dem Link muss man anklopfen, weil jemand entfernt wurde'
      : cause === 'no-host'
        ? 'Mit dem Link muss man anklopfen, weil kein Gastgeber mehr da war'
        : `${who(by)} hat eingestellt, dass man mit dem Link anklopfen muss`,
  'room-unlocked': ({ by }) => `${who(by)} hat eingestellt, dass der Link direkt hereinlässt`,
  'presenter-mode-changed': ({ by, on }) =>
    `${who(by)} hat den Präsentationsmodus ${on ? 'ein' : 'aus'}geschaltet`,
  'recording-started': ({ recording }) => `${who(recording.by)} hat die Aufnahme gestartet`,
  'recording-consented': ({ participant }) =>
    `${participant.name} ist mit der Aufnahme einverstanden`,
  'recording-stopped': ({ by, reason }) =>
    reason === 'stopped'
      ? `${who(by)} hat die Aufnahme beendet`
      : `Die Aufnahme endete: ${cut[reason]}`,
  'role-changed': ({ participant, by }) =>
    `${who(by)} hat ${participant.name} zum ${participant.role === 'host' ? 'Gastgeber' : 'Gast'} gemacht`,
  'invitation-created': ({ invitation, by }) => `${who(by)} hat ${invited(invitation)} eingeladen`,
  'invitation-revoked': ({ invitation, by, cause }) =>
    cause === 'removal'
      ? `Die Einladung für ${invited(invitation)} endete mit dem Entfernen`
      : `${who(by)} hat die Einladung für ${invited(invitation)} zurückgezogen`,
  'link-changed': ({ access, by, cause }) =>
    cause === 'removal'
      ? `Der private Link ${opens[access]}, nachdem jemand entfernt wurde`
      : `${who(by)} hat den privaten Link geändert: Er ${opens[access]}`,
  'room-reset': ({ parts, by }) => cleared(parts, who(by)),
  'room-restored': ({ parts, by }) => contentBack(parts, who(by)),
  'pass-revoked': ({ participant, by }) =>
    `${who(by)} lässt ${participant.name} bei der Rückkehr anklopfen`,
};
