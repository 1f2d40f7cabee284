import type { PanelTexts } from './en-panels.ts';

/** Der Bereich mit den Dateien. */
export const files: PanelTexts['files'] = {
  list: 'Dateien in diesem Raum',
  add: 'Dateien hinzufügen',
  drop: 'Loslassen, um sie in den Raum zu legen',
  emptyTitle: 'Noch keine Dateien',
  emptyText:
    'Ziehen Sie Dateien hierher, fügen Sie sie ein oder wählen Sie welche aus. Alle im Anruf können sie herunterladen.',
  loading: 'Dateien werden geladen',
  usage: (used, all) => `${used} von ${all}`,
  kinds: {
    image: 'Bild',
    pdf: 'PDF',
    text: 'Text',
    audio: 'Audio',
    video: 'Video',
    archive: 'Archiv',
    document: 'Dokument',
    program: 'Programm',
    other: 'Datei',
  },
  byYou: 'Sie',
  bySite: 'Diese Seite',
  view: (name) => `${name} ansehen`,
  download: (name) => `${name} herunterladen`,
  delete: (name) => `${name} löschen`,
  cancel: (name) => `${name} abbrechen`,
  retry: (name) => `${name} noch einmal versuchen`,
  uploading: (name) => `${name} wird hochgeladen`,
  sent: (percent, sent, all) => `${percent} · ${sent} von ${all}`,
  waiting: 'Wartet, bis es an der Reihe ist',
  paused: 'Verbindung verloren. Es geht von selbst weiter.',
  uploads: 'Werden hochgeladen',
  viewer: {
    close: 'Schließen',
    download: 'Herunterladen',
    loading: 'Wird geladen …',
    failed: 'Das lässt sich hier nicht zeigen. Sie können es herunterladen.',
  },
  downloadFailed: 'Der Download hat nicht begonnen',
};
