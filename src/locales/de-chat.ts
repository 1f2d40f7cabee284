import type { PanelTexts } from './en-panels.ts';

const plural = new Intl.PluralRules('de');
const time = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('de', { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('de', { dateStyle: 'long' });

/** Der Chat. */
export const chat: PanelTexts['chat'] = {
  log: 'Nachrichten',
  box: 'Nachricht',
  placeholder: 'An alle schreiben',
  placeholderTo: (name) => `Nur an ${name} schreiben`,
  to: 'An',
  everyone: 'Alle',
  betweenTwo: (name) => `Nur Sie und ${name} sehen das, auch kein Gastgeber.`,
  notHere: (name) => `${name} ist gerade nicht im Anruf.`,
  attach: 'Dateien senden',
  drop: 'Loslassen, um allen zu senden',
  filesForAll: 'Dateien sind für alle. Wählen Sie „Alle“, um eine zu senden.',
  fileGone: 'Diese Datei wurde gelöscht',
  uploads: 'Dateien unterwegs',
  send: 'Senden',
  save: 'Speichern',
  cancel: 'Abbrechen',
  replyingTo: (name) => `Antwort an ${name}`,
  editing: 'Sie ändern Ihre Nachricht',
  left: (count) => `noch ${count}`,
  over: (count) => `${count} zu viel`,
  you: 'Sie',
  privateTo: (name) => `Privat, an ${name}`,
  privateToYou: 'Privat, an Sie',
  reply: (name) => `${name} antworten`,
  replyToOwn: 'Auf Ihre Nachricht antworten',
  edit: 'Ihre Nachricht ändern',
  delete: 'Ihre Nachricht löschen',
  deleteOf: (name) => `Die Nachricht von ${name} löschen`,
  edited: 'geändert',
  deletedByAuthor: 'Nachricht gelöscht',
  deletedBy: (name) => `Nachricht gelöscht von ${name}`,
  deletedByYou: 'Sie haben diese Nachricht gelöscht',
  quoteDeleted: 'Nachricht gelöscht',
  quoteElsewhere: 'Eine frühere Nachricht',
  sending: 'Wird gesendet …',
  failed: 'Nicht gesendet.',
  unreadable: 'Darin steht nichts Lesbares, oder es ist zu lang.',
  sendAgain: 'Erneut senden',
  discard: 'Verwerfen',
  empty: 'Noch keine Nachrichten',
  emptyText: 'Was hier geschrieben wird, bleibt für das nächste Mal im Raum.',
  older: 'Frühere Nachrichten',
  loadingOlder: 'Wird geladen …',
  olderFailed: 'Frühere Nachrichten wurden nicht geladen.',
  loadFailed: 'Die Nachrichten wurden nicht geladen.',
  unread: 'Neue Nachrichten',
  toEnd: 'Zu den neuesten Nachrichten',
  newBelow: (count) =>
    plural.select(count) === 'one' ? `${count} neue Nachricht` : `${count} neue Nachrichten`,
  typing: (names) => {
    const [first = '', second = ''] = names;
    if (names.length === 1) return `${first} schreibt …`;
    return names.length === 2 ? `${first} und ${second} schreiben …` : 'Mehrere schreiben …';
  },
  typingToYou: (name) => `${name} schreibt Ihnen …`,
  said: (name, text) => `${name}: ${text}`,
  saidPrivately: (name, text) => `${name}, privat: ${text}`,
  today: 'Heute',
  yesterday: 'Gestern',
  time: (at) => time.format(at),
  exact: (at) => exact.format(at),
  day: (at, isThisYear) => (isThisYear ? day : dayAndYear).format(at),
};
