import type { ResetPart } from '../protocol/reset.ts';
import type { Texts } from './en.ts';

const list = new Intl.ListFormat('de');

const THINGS: Record<ResetPart, string> = {
  activity: 'die Aktivität im Raum',
  chat: 'den Chat',
  'whiteboards-and-files': 'die Whiteboards und Dateien',
  recordings: 'die Aufnahmen im Raum',
  access: 'die Liste der Eingeladenen',
};

export const cleared: Texts['live']['cleared'] = (parts, name) =>
  parts.includes('activity')
    ? `${name ?? 'Der Gastgeber'} hat den Raum zurückgesetzt`
    : `${name ?? 'Der Gastgeber'} hat ${list.format(parts.map((part) => THINGS[part]))} gelöscht`;

export const contentBack: Texts['live']['contentBack'] = (parts, name) =>
  `${name ?? 'Der Gastgeber'} hat ${list.format(parts.map((part) => THINGS[part]))} wiederhergestellt`;

/** German, of a reset outside of the settings. */
export const reset: Texts['reset'] = {
  reset: 'Zurücksetzen',
  confirmTitle: 'Den ganzen Raum zurücksetzen?',
  confirmText: 'Alle verlassen den Raum, auch Sie. Was der Raum aufbewahrt, wird gelöscht.',
  confirmKeepText: 'Alle anderen verlassen den Raum. Was der Raum aufbewahrt, wird gelöscht.',
  done: 'Der Raum ist leer',
  goesOn: 'Das Zurücksetzen läuft von selbst weiter',
  receipt: 'Beleg herunterladen',
};
