import type { Texts } from './en.ts';

/** German, when something does not work. */
export const trouble: Pick<Texts, 'help' | 'errors'> = {
  help: {
    denied: {
      chromium: (device) =>
        `${device}: Der Browser blockiert den Zugriff für diese Seite. Klicken Sie auf das Symbol am Anfang der Adressleiste, erlauben Sie den Zugriff und versuchen Sie es erneut.`,
      firefox: (device) =>
        `${device}: Firefox blockiert den Zugriff für diese Seite. Klicken Sie auf das durchgestrichene Symbol in der Adressleiste, heben Sie die Sperre auf und versuchen Sie es erneut.`,
      safari: (device) =>
        `${device}: Safari blockiert den Zugriff für diese Seite. Wählen Sie Safari › Einstellungen für diese Website, erlauben Sie den Zugriff und versuchen Sie es erneut.`,
      ios: (device) =>
        `${device}: Safari blockiert den Zugriff für diese Seite. Tippen Sie auf das Seitenmenü in der Adressleiste, dann auf Website-Einstellungen, erlauben Sie den Zugriff und versuchen Sie es erneut.`,
      android: (device) =>
        `${device}: Der Browser blockiert den Zugriff für diese Seite. Tippen Sie auf das Symbol neben der Adresse, dann auf Berechtigungen, erlauben Sie den Zugriff und versuchen Sie es erneut.`,
    },
    framed: (device) =>
      `${device}: Die Website um diese Seite gibt das Gerät nicht weiter. Öffnen Sie das Meeting in einem eigenen Tab oder bitten Sie den Betreiber der Website, es zu erlauben.`,
    missing: (device) =>
      `${device}: Es wurde kein Gerät gefunden. Schließen Sie eines an und versuchen Sie es erneut.`,
    inUse: (device) =>
      `${device}: Eine andere App benutzt das Gerät. Schließen Sie diese und versuchen Sie es erneut.`,
    insecure:
      'Browser geben Kamera und Mikrofon nur für sichere Seiten frei. Öffnen Sie diese Seite über https.',
    retry: 'Erneut versuchen',
  },
  errors: {
    refused: {
      title: 'Sie können hier nicht anklopfen',
      text: 'Ein Gastgeber hat diesen Raum für Sie geschlossen.',
    },
    answered: {
      title: 'Das ist schon beantwortet',
      text: 'Ein anderer Gastgeber war schneller.',
    },
    locked: {
      title: 'Dieser Raum ist gesperrt',
      text: 'Ein Gastgeber muss Sie hereinlassen. Klopfen Sie an, um darum zu bitten.',
    },
    linkRevoked: {
      title: 'Ihre Einladung wurde zurückgezogen',
      text: 'Sie können anklopfen oder um eine neue bitten.',
    },
    keyExpired: {
      title: 'Ihre Einladung ist abgelaufen',
      text: 'Sie können anklopfen oder um eine neue bitten.',
    },
    linkUsed: {
      title: 'Diese Einladung wurde in einem anderen Browser benutzt',
      text: 'Öffnen Sie sie dort, klopfen Sie an oder bitten Sie um eine neue.',
    },
    alreadyHere: {
      title: 'Sie sind schon in dieser Besprechung',
      text: 'Sie ist in einem anderen Fenster oder auf einem anderen Gerät offen.',
    },
    tooManyStays: {
      title: 'Sie sind schon zweimal in dieser Besprechung',
      text: 'Wechseln Sie hierher, oder verlassen Sie eines der anderen Fenster.',
    },
    lastHost: {
      title: 'Eine Besprechung braucht einen Gastgeber',
      text: 'Machen Sie zuerst jemand anderen zum Gastgeber.',
    },
    invitationGone: {
      title: 'Diese Einladung ist schon zurückgezogen',
      text: 'Es ist nichts weiter zu tun.',
    },
    passGone: {
      title: 'Die Person muss schon anklopfen',
      text: 'Es ist nichts weiter zu tun.',
    },
    messageGone: {
      title: 'Diese Nachricht wurde gelöscht',
      text: 'Es ist nichts weiter zu tun.',
    },
    chatFull: {
      title: 'Der Chat dieses Raums ist voll',
      text: 'Bitten Sie einen Gastgeber, ihn zu leeren.',
    },
    fileTooLarge: {
      title: 'Diese Datei ist zu groß',
      text: 'Verkleinern Sie sie, oder teilen Sie einen Link dazu.',
    },
    filesFull: {
      title: 'Es ist kein Platz mehr für Dateien',
      text: 'Löschen Sie welche, die niemand mehr braucht.',
    },
    fileUnreadable: {
      title: 'Das lässt sich nicht lesen',
      text: 'Ordner können nicht hochgeladen werden. Wurde eine Datei verschoben oder geändert, wählen Sie sie noch einmal aus.',
    },
    fileGone: {
      title: 'Diese Datei gibt es nicht mehr',
      text: 'Jemand hat sie gelöscht.',
    },
    notYours: {
      title: 'Das kann nur, wer sie hinzugefügt hat',
      text: 'Fragen Sie diese Person oder einen Gastgeber.',
    },
    boardGone: {
      title: 'Dieses Whiteboard gibt es nicht mehr',
      text: 'Ein Gastgeber hat es gelöscht.',
    },
    boardLocked: {
      title: 'Dieses Whiteboard ist gesperrt',
      text: 'Bitten Sie einen Gastgeber, es zu entsperren.',
    },
    boardFull: {
      title: 'Dieses Whiteboard ist voll',
      text: 'Radieren schafft keinen Platz: Ein Gastgeber kann es leeren, oder Sie nehmen ein anderes.',
    },
    boardsFull: {
      title: 'Es gibt zu viele Whiteboards',
      text: 'Bitten Sie einen Gastgeber, einige zu löschen.',
    },
    boardCleared: {
      title: 'Dieses Whiteboard wurde inzwischen geleert',
      text: 'Zeichnen Sie es noch einmal, wenn Sie es noch brauchen.',
    },
    presenterMode: {
      title: 'Jetzt präsentieren nur Gastgeber',
      text: 'Bitten Sie einen Gastgeber, den Präsentationsmodus auszuschalten.',
    },
    screenDenied: {
      title: 'Ihr Bildschirm kann nicht geteilt werden',
      text: 'Ihr System oder die Seite ringsum verhindert es. Erlauben Sie es dort und versuchen Sie es noch einmal.',
    },
    screenUnavailable: {
      title: 'Ihr Bildschirm kann nicht geteilt werden',
      text: 'Dieser Browser lieferte kein Bild davon. Versuchen Sie ein anderes Fenster oder einen anderen Browser.',
    },
    forbidden: {
      title: 'Das ist hier nicht erlaubt',
      text: 'Wenden Sie sich an die Betreiber dieser Seite.',
    },
    unchecked: {
      title: 'Es ließ sich nicht prüfen, ob das erlaubt ist',
      text: 'Es wurde nichts getan. Versuchen Sie es erneut.',
    },
    yourself: {
      title: 'Das sind Sie',
      text: 'Um selbst zu gehen, verlassen Sie den Anruf.',
    },
    linkExpired: {
      title: 'Ihr Zugang ist abgelaufen',
      text: 'Laden Sie die Seite neu, um einen neuen zu erhalten.',
    },
    linkInvalid: {
      title: 'Dieser Link öffnet den Raum nicht',
      text: 'Er wurde vielleicht zurückgezogen. Bitten Sie um einen neuen.',
    },
    unreachable: {
      title: 'Der Besprechungsdienst ist nicht erreichbar',
      text: 'Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.',
    },
    busy: {
      title: 'Zu viele Versuche auf einmal',
      text: 'Warten Sie einen Moment und versuchen Sie es erneut.',
    },
    setup: {
      title: 'Diese Seite ist noch nicht für Besprechungen eingerichtet',
      text: 'Sagen Sie den Betreibern Bescheid.',
    },
    engine: {
      title: 'Ein Teil der Seite wurde nicht geladen',
      text: 'Prüfen Sie Ihr Netzwerk, laden Sie die Seite neu und versuchen Sie es erneut.',
    },
    media: {
      title: 'Ihr Netzwerk blockiert Anrufe',
      text: 'Versuchen Sie ein anderes Netzwerk oder schalten Sie das VPN aus.',
    },
    gone: { title: 'Die Person ist schon gegangen', text: 'Es ist nichts weiter zu tun.' },
    notAllowed: {
      title: 'Das dürfen nur Gastgeber',
      text: 'Sie sind kein Gastgeber dieses Raums mehr.',
    },
    over: {
      title: 'Sie sind nicht mehr in dieser Besprechung',
      text: 'Treten Sie erneut bei, um zurückzukommen.',
    },
  },
};
