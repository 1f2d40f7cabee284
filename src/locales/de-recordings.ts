import type { PanelTexts } from './en-panels.ts';

const clock = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('de', {
  ...{ weekday: 'short', month: 'short', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit' },
});

/** German, of recordings. */
export const recordings: PanelTexts['recordings'] = {
  ask: {
    title: 'Dieser Anruf wird aufgenommen',
    text: (name) =>
      `${name ?? 'Diese Seite'} nimmt auf, was zu sehen und zu hören ist. Sie sind erst in der Aufnahme, wenn Sie bleiben.`,
    stay: 'Bleiben',
    leave: 'Anruf verlassen',
    failed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
  },
  start: 'Aufnahme starten',
  starting: 'Wird gestartet …',
  stop: 'Aufnahme beenden',
  stopping: 'Wird beendet …',
  tell: 'Alle im Anruf erfahren davon.',
  askFirst: 'Alle im Anruf werden zuerst gefragt. Wer nicht zugestimmt hat, ist nicht dabei.',
  by: 'Aufnehmen mit',
  recorders: {
    browser: 'Dieser Browser',
    egress: 'Server der Besprechung',
  },
  recorderHints: {
    browser:
      'Sie bleibt in diesem Browser, bis Sie sie hochladen, sichern oder löschen. Lassen Sie diese Seite offen.',
    egress: 'Sie läuft weiter, wenn Sie gehen, und landet im Raum.',
  },
  asItGoes: 'Während der Aufnahme in den Raum hochladen',
  asItGoesHint: 'Sie ist kurz nach dem Ende im Raum.',
  running: (name, at) => `${name ?? 'Diese Seite'} nimmt auf, seit ${clock.format(at)}`,
  agreed: (agreed, all) => `${agreed} von ${all} haben zugestimmt`,
  unsupported:
    'Dieser Browser kann nicht aufnehmen. Nehmen Sie ein aktuelles Chrome, Edge, Firefox oder Safari.',
  notHost: 'Nur Gastgeber nehmen auf und sehen die Aufnahmen.',
  here: 'In diesem Browser',
  hereHint: 'Nur Sie haben diese, und der Browser kann sie löschen, wenn der Platz knapp wird.',
  inRoom: 'Im Raum',
  inRoomHint: 'Alle Gastgeber dieses Raums haben diese.',
  hereEmpty: 'In diesem Browser ist nichts aufgenommen.',
  inRoomEmpty: 'Noch keine Aufnahmen im Raum.',
  loading: 'Aufnahmen werden geladen',
  usage: (used, all) => `${used} von ${all}`,
  named: (at) => `Aufnahme, ${day.format(at)}`,
  states: {
    running: 'Wird gerade aufgenommen',
    interrupted: 'Gerettet: die Seite ging während der Aufnahme verloren',
    uploaded: 'Auch im Raum',
    partial: 'Das Hochladen brach ab; das ist, was ankam',
  },
  play: (name) => `${name} abspielen`,
  close: (name) => `${name} schließen`,
  save: (name) => `${name} sichern`,
  upload: (name) => `${name} in den Raum hochladen`,
  cancel: (name) => `Hochladen von ${name} abbrechen`,
  retry: (name) => `${name} noch einmal hochladen`,
  download: (name) => `${name} herunterladen`,
  delete: (name) => `${name} löschen`,
  player: (name) => `Wiedergabe: ${name}`,
  uploading: (name) => `${name} wird hochgeladen`,
  sent: (percent, sent, all) => `${percent} · ${sent} von ${all}`,
  paused: 'Verbindung verloren. Es geht von selbst weiter.',
  playFailed: 'Das lässt sich hier nicht abspielen. Sie können es herunterladen.',
  deleteTitle: (at) => `Aufnahme vom ${day.format(at)} löschen?`,
  deleteText: 'Sie ist dann für alle aus dem Raum verschwunden und lässt sich nicht zurückholen.',
  deleteHereText: 'Sie ist dann aus diesem Browser verschwunden und lässt sich nicht zurückholen.',
  deleteAction: 'Löschen',
  keep: 'Behalten',
  deleted: 'Die Aufnahme wurde gelöscht',
  startFailed: 'Es wird nichts aufgenommen',
  stopFailed: 'Die Aufnahme wurde nicht beendet',
  deleteFailed: 'Die Aufnahme wurde nicht gelöscht',
  uploadFailed: 'Die Aufnahme wurde nicht hochgeladen',
  errors: {
    'recording-running': 'Der Anruf wird schon aufgenommen. Beenden Sie zuerst diese Aufnahme.',
    'recordings-full':
      'Im Raum ist kein Platz mehr für Aufnahmen. Löschen Sie welche, die niemand braucht.',
    'recorder-unavailable':
      'Der Aufnahmedienst antwortet nicht. Nehmen Sie mit diesem Browser auf, oder versuchen Sie es später noch einmal.',
    'recording-not-found': 'Der Raum kennt diese Aufnahme nicht. Sie können sie sichern.',
    'file-too-large': 'Die Aufnahme ist größer, als der Raum annimmt. Sie können sie sichern.',
    'recording-unsupported':
      'Dieser Browser kann nicht aufnehmen. Nehmen Sie ein aktuelles Chrome, Edge, Firefox oder Safari.',
    'recording-failed':
      'Der Browser hat die Aufnahme abgebrochen. Was er hatte, ist aufgehoben. Prüfen Sie den freien Platz auf diesem Gerät.',
    'file-unreadable': 'Dieser Browser hat die Aufnahme nicht mehr.',
    'not-host': 'Sie sind kein Gastgeber mehr.',
  },
};
