import type { PanelTexts } from './en-panels.ts';

const numbers = new Intl.NumberFormat('de');
const plurals = new Intl.PluralRules('de');
const list = new Intl.ListFormat('de');
const time = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('de', { weekday: 'long', month: 'long', day: 'numeric' });
const moment = new Intl.DateTimeFormat('de', {
  ...{ weekday: 'long', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' },
});
const count = (number: number, one: string, many: string): string =>
  `${numbers.format(number)} ${plurals.select(number) === 'one' ? one : many}`;

/** German, in the settings dialog. */
export const settings: PanelTexts['settings'] = {
  title: 'Einstellungen',
  close: 'Einstellungen schließen',
  sections: {
    devices: 'Ton und Bild',
    people: 'Personen und Links',
    room: 'Raum',
    recordings: 'Aufnahmen',
    activity: 'Aktivität',
    look: 'Sprache und Aussehen',
    reset: 'Raum zurücksetzen',
  },
  devices: {
    camera: 'Kamera',
    microphone: 'Mikrofon',
    speaker: 'Lautsprecher',
    system: 'Wie im System',
    nameless: (kind, index) => `${kind} ${index}`,
    level: 'Pegel des Mikrofons',
    microphoneOff: 'Ihr Mikrofon ist aus.',
    test: 'Lautsprecher testen',
    testing: 'Wird abgespielt …',
    testFailed: 'Es ließ sich kein Ton abspielen. Prüfen Sie Ihre Lautsprecher.',
    speakerFixed: 'Dieser Browser spielt Ton auf dem Lautsprecher ab, den Ihr System vorgibt.',
  },
  people: {
    text: 'Wer im Gespräch ist, wer hereinkommen darf und was sie jeweils dürfen.',
    show: 'Personen anzeigen',
  },
  room: {
    knock: {
      label: 'Wer den Link hat, muss anklopfen',
      hint: 'Aus: Wer den Link hat, kommt direkt herein.',
    },
    presenter: {
      label: 'Präsentationsmodus',
      hint: 'Nur Gastgeber teilen ihren Bildschirm, fügen Dateien hinzu und zeichnen. Was andere jetzt teilen, endet.',
    },
  },
  look: {
    language: 'Sprache',
    theme: 'Aussehen',
    themes: { auto: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
    layout: 'Anordnung',
    layouts: { grid: 'Alle gleich groß', speaker: 'Wer spricht, groß' },
  },
  reset: {
    intro: (hours) =>
      hours > 0
        ? `Wählen Sie, was gelöscht werden soll. Es ist sofort für alle weg und lässt sich ${count(hours, 'Stunde', 'Stunden')} lang wiederherstellen; Links, die hereinlassen, nicht.`
        : 'Wählen Sie, was gelöscht werden soll. Es lässt sich nicht zurückholen.',
    parts: {
      activity: 'Aktivität im Raum',
      chat: 'Chat',
      'whiteboards-and-files': 'Whiteboards und Dateien',
      recordings: 'Aufnahmen in der Cloud',
      access: 'Zugang einzelner Personen',
    },
    hints: {
      activity: 'Alles zurücksetzen: der ganze Verlauf und alles darunter.',
      chat: 'Alle Nachrichten, auch private.',
      'whiteboards-and-files': 'Alles Gezeichnete und alle hinzugefügten Dateien.',
      recordings: 'Alle Aufnahmen, die der Raum aufbewahrt, für alle Gastgeber.',
      access: 'Die eingeladenen Personen. Ihre Links gelten sofort nicht mehr.',
    },
    counts: {
      activity: (number) => count(number, 'Eintrag', 'Einträge'),
      chat: (number) => count(number, 'Nachricht', 'Nachrichten'),
      'whiteboards-and-files': (number) => count(number, 'Element', 'Elemente'),
      recordings: (number) => count(number, 'Aufnahme', 'Aufnahmen'),
      access: (number) => count(number, 'Einladung', 'Einladungen'),
    },
    counting: 'Wird gezählt …',
    countFailed: 'Es lässt sich gerade nicht zählen.',
    leave: (people) =>
      people > 1
        ? `Alle ${numbers.format(people)} Personen verlassen das Gespräch, auch Sie.`
        : 'Sie verlassen das Gespräch.',
    leaveOthers: (people) =>
      people > 1
        ? `${count(people - 1, 'andere Person verlässt', 'andere Personen verlassen')} das Gespräch.`
        : 'Sonst ist niemand im Gespräch.',
    keepMe: 'Ich bleibe im Gespräch',
    local: 'Aufnahmen, die jemand auf dem eigenen Gerät hat, bleiben unberührt.',
    none: 'Wählen Sie zuerst, was gelöscht werden soll.',
    reset: 'Zurücksetzen',
    resetting: 'Wird zurückgesetzt …',
    failed: 'Nichts wurde zurückgesetzt',
    vetoed: 'Die Seite, die diesen Raum zeigt, erlaubt es nicht.',
    done: 'Gelöscht',
    goesOn: 'Es läuft von selbst weiter. Was übrig ist, wird gelöscht, sobald es geht.',
    people: (people) =>
      `${count(people, 'Person hat', 'Personen haben')} dadurch das Gespräch verlassen.`,
    at: (at) => `${day.format(at)}, ${time.format(at)}`,
    receipt: 'Beleg herunterladen',
    here: 'Noch im Gespräch',
    hereText: (names) =>
      `Über einen Link hereingekommen, der nun nicht mehr gilt: ${list.format(names)}. Sie bleiben, wenn Sie sie nicht entfernen.`,
    remove: (name) => `${name} entfernen`,
    back: 'Fertig',
    trash: {
      title: 'Lässt sich wiederherstellen',
      cleared: (by, at) => `Gelöscht von ${by}, ${moment.format(at)}`,
      until: (at) => `Wiederherstellen geht bis ${moment.format(at)}.`,
      hint: 'Wer dasselbe noch einmal löscht, löscht dies endgültig.',
      aHost: 'einem Gastgeber',
      restore: 'Wiederherstellen',
      restoreAll: (things) => `${list.format(things)} wiederherstellen`,
      restoring: 'Wird wiederhergestellt …',
      restored: 'Es ist wieder da.',
      failed: 'Nichts wurde wiederhergestellt',
      gone: 'Es ist nicht mehr da.',
    },
  },
};
