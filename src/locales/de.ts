import type { Locale } from './locale.ts';

const plural = new Intl.PluralRules('de');
const clock = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' });
const others = (count: number): string =>
  plural.select(count) === 'one' ? 'eine weitere Person' : `${count} weitere`;

/** German. */
export const de: Locale = {
  code: 'de',
  dir: 'ltr',
  texts: {
    lobby: {
      heading: 'Bereit zum Beitreten?',
      name: 'Ihr Name',
      nameMissing: 'Geben Sie Ihren Namen ein, damit die anderen wissen, wer Sie sind.',
      join: 'Beitreten',
      joining: 'Einen Moment …',
      resuming: 'Sie werden zurückgebracht …',
      cameraOff: 'Ihre Kamera ist aus',
      cameraStarting: 'Kamera wird gestartet …',
      preview: 'Ihre Kamera',
      anyway: 'Sie können auch ohne beitreten.',
      knock: 'Anklopfen',
      knocking: 'Klopft an …',
      knockHint: 'Der Gastgeber wird gebeten, Sie hereinzulassen.',
      message: 'Nachricht an den Gastgeber (optional)',
    },
    devices: {
      microphone: 'Mikrofon',
      camera: 'Kamera',
      mute: 'Mikrofon ausschalten',
      unmute: 'Mikrofon einschalten',
      cameraOn: 'Kamera einschalten',
      cameraOff: 'Kamera ausschalten',
      toolbar: 'Anrufsteuerung',
      soundBlocked: 'Ihr Browser hält den Ton dieses Anrufs zurück.',
      startSound: 'Ton einschalten',
    },
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
    grid: {
      stage: 'Personen im Anruf',
      alone: 'Sie sind allein hier',
      invite: 'Schicken Sie den Link an alle, die Sie treffen möchten.',
      waitForOthers: 'Die anderen erscheinen hier.',
      copyLink: 'Link kopieren',
      copied: 'Link kopiert',
      copyFailed: 'Kopieren Sie diesen Link',
      previousPage: 'Vorherige Personen',
      nextPage: 'Nächste Personen',
      page: (page, pages) => `${page} / ${pages}`,
    },
    tile: {
      you: 'Sie',
      host: 'Gastgeber',
      muted: 'Stumm',
      unmuted: 'Mikrofon an',
      noMicrophone: 'Kein Mikrofon',
      poor: 'Schwache Verbindung',
      lost: 'Verbindung verloren',
      reconnecting: 'Verbindet neu …',
      removing: 'Wird entfernt …',
      remove: (name) => `${name} entfernen`,
      agent: 'Agent',
      recorder: 'Aufzeichnung',
      ingress: 'Stream',
      phone: 'Telefon',
    },
    leave: {
      leave: 'Verlassen',
      menu: 'Wie Sie gehen',
      call: 'Anruf verlassen',
      callHint: 'Die anderen bleiben. Sie können zurückkommen.',
      end: 'Anruf für alle beenden',
      endHint: 'Alle sind draußen, auch Sie.',
      endOthers: 'Anruf für alle außer mir beenden',
      endOthersHint: 'Sie bleiben. Die anderen sind draußen.',
      ending: 'Wird beendet …',
    },
    waiting: {
      heading: 'Sie warten auf Einlass',
      asked: 'Der Gastgeber ist gefragt.',
      since: (time) => `Sie warten seit ${time}.`,
      until: (time) => `Wir fragen bis ${clock.format(time)} Uhr.`,
      message: 'Ihre Nachricht:',
      stop: 'Nicht mehr warten',
      stopping: 'Einen Moment …',
      offline: 'Die Verbindung ist weg. Ihr Platz bleibt, während wir es weiter versuchen.',
    },
    knocks: {
      region: 'Personen vor der Tür',
      admit: 'Hereinlassen',
      deny: 'Ablehnen',
      admitAll: 'Alle hereinlassen',
      waiting: (time) => `Wartet seit ${time}`,
      unverified: 'Nicht bestätigt',
      unverifiedHint: 'Die Person hat diesen Namen selbst eingegeben.',
      removedBefore: 'Schon einmal entfernt',
      away: 'Gerade nicht da',
      more: (count) => `und ${count} weitere`,
      fewer: 'Weniger zeigen',
      admittedBy: (name) => `Schon von ${name} hereingelassen`,
      admitted: 'Schon hereingelassen',
      deniedBy: (name) => `Schon von ${name} abgelehnt`,
      denied: 'Schon abgelehnt',
      gone: 'Wartet nicht mehr',
      title: (name, count) => (count === 1 ? `${name} klopft an` : `${count} Personen klopfen an`),
    },
    confirm: {
      removeTitle: (name) => `${name} aus der Besprechung entfernen?`,
      removeText:
        'Die Person geht sofort und kann erst zurückkommen, wenn ein Gastgeber sie lässt.',
      remove: 'Entfernen',
      note: (name) => `Nachricht an ${name} (optional)`,
      block: 'Nicht wieder hereinlassen',
      blockHint: 'Auch anklopfen geht dann nicht.',
      cancel: 'Abbrechen',
    },
    notice: {
      left: 'Sie haben die Besprechung verlassen',
      leftUntil: (until) =>
        `Bis ${clock.format(until)} Uhr können Sie ohne Anklopfen zurückkommen.`,
      removed: 'Sie wurden aus der Besprechung entfernt',
      removedBy: (name) => `${name} hat Sie entfernt.`,
      removedBySomeone: 'Ein Gastgeber hat Sie entfernt.',
      ended: 'Der Anruf ist beendet',
      endedBy: (name) => `${name} hat den Anruf für alle beendet.`,
      endedBySomeone: 'Ein Gastgeber hat den Anruf für alle beendet.',
      reset: 'Der Besprechungsraum wurde zurückgesetzt',
      resetBy: (name) => `${name} hat diesen Raum geleert.`,
      resetBySomeone: 'Ein Gastgeber hat diesen Raum geleert.',
      denied: 'Sie wurden nicht hereingelassen',
      deniedText: 'Ein Gastgeber hat für jetzt abgelehnt.',
      expired: 'Niemand hat geantwortet',
      expiredText: 'Es war kein Gastgeber da, um Sie hereinzulassen.',
      withdrawn: 'Sie warten nicht mehr',
      withdrawnText: 'Sie können jederzeit wieder fragen.',
      replaced: 'In einem anderen Fenster geöffnet',
      replacedText: 'Sie sind dieser Besprechung woanders beigetreten.',
      network: 'Verbindung verloren',
      networkText: 'Wir versuchen es weiter. Prüfen Sie Ihr Netzwerk.',
      server: 'Der Besprechungsdienst ist nicht da',
      serverText: 'Ihre Besprechung geht weiter, sobald er wieder da ist.',
      note: 'Nachricht:',
      rejoin: 'Zurückkehren',
      enter: 'Erneut beitreten',
      knock: 'Anklopfen',
      knockAgain: 'Erneut anklopfen',
      knockIn: (time) => `Sie können in ${time} wieder anklopfen.`,
      takeover: 'Hier verwenden',
      retry: 'Jetzt versuchen',
      close: 'Schließen',
      closed: 'Sie können diese Seite schließen.',
      reopen: 'Zurück',
      working: 'Einen Moment …',
      notYet:
        'Noch nicht: Ein Gastgeber muss Sie wieder hereinlassen. Bitten Sie darum und versuchen Sie es dann erneut.',
      reconnecting: 'Verbindung verloren. Sie werden zurückgebracht …',
      serverAway:
        'Der Besprechungsdienst ist nicht da. Der Anruf geht weiter, sobald er wieder da ist.',
      mediaBlocked:
        'Ihr Netzwerk blockiert Ton und Bild. Versuchen Sie ein anderes Netzwerk oder schalten Sie das VPN aus.',
    },
    toast: {
      removed: (name) => `${name} wurde entfernt`,
      removing: (name) => `${name} kann nicht zurückkommen`,
      letBackIn: 'Wieder hereinlassen',
      linkKnocks: 'Mit dem Link muss man jetzt anklopfen.',
      unsettled:
        'Der Medienserver ist nicht erreichbar; das Bild verschwindet, sobald er es wieder ist.',
      restored: (name) => `${name} kann direkt zurückkommen`,
      removeFailed: (name) => `${name} wurde nicht entfernt`,
      restoreFailed: (name) => `${name} wurde nicht wieder hereingelassen`,
      leaveFailed: 'Sie sind noch im Anruf',
      othersLeft: 'Alle anderen sind gegangen',
      othersOut: 'Der Anruf ist für alle anderen vorbei',
      othersUnsettled:
        'Der Medienserver ist nicht erreichbar; die Bilder verschwinden, sobald er es wieder ist.',
      callUnsettled: 'Der Medienserver ist nicht erreichbar; er folgt, sobald er es wieder ist.',
      callEnded: 'Der Anruf ist für alle beendet',
      endFailed: 'Der Anruf geht weiter',
      admitFailed: (name) => `${name} wurde nicht hereingelassen`,
      denyFailed: (name) => `${name} wartet noch`,
      deviceFailed: 'Das hat nicht geklappt',
      dismiss: 'Ausblenden',
    },
    live: {
      joined: (name, more) =>
        more === 0 ? `${name} ist beigetreten` : `${name} und ${others(more)} sind beigetreten`,
      left: (name, more) =>
        more === 0 ? `${name} ist gegangen` : `${name} und ${others(more)} sind gegangen`,
      removed: (name) => `${name} wurde entfernt`,
      restored: (name) => `${name} kann zurückkommen`,
      knocking: (name, more) =>
        more === 0 ? `${name} klopft an` : `${name} und ${others(more)} klopfen an`,
      admitted: (name) => `${name} wurde hereingelassen`,
      denied: (name) => `${name} wurde nicht hereingelassen`,
      knockOver: (name) => `${name} wartet nicht mehr`,
      othersLeft: 'Der Anruf ist für alle anderen beendet',
      youJoined: 'Sie sind im Anruf',
      reconnecting: 'Verbindung verloren, verbindet neu',
      reconnected: 'Sie sind wieder verbunden',
      locked: 'Mit dem Link muss man jetzt anklopfen',
      unlocked: 'Der Link lässt jetzt direkt herein',
    },
  },
};
