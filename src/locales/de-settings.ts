import type { PanelTexts } from './en-panels.ts';

const numbers = new Intl.NumberFormat('de');
const plurals = new Intl.PluralRules('de');
const list = new Intl.ListFormat('de');
const time = new Intl.DateTimeFormat('de', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('de', { weekday: 'long', month: 'long', day: 'numeric' });
const count = (number: number, one: string, many: string): string =>
  `${numbers.format(number)} ${plurals.select(number) === 'one' ? one : many}`;

/** German, in the settings dialog. */
export const settings: PanelTexts['settings'] = {
  title: 'Einstellungen',
  close: 'Einstellungen schließen',
  sections: {
    devices: 'Ton und Bild',
    people: 'Personen und Links',
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
    knock: 'Wer den Link hat, muss anklopfen',
    knockHint: 'Aus: Wer den Link hat, kommt direkt herein.',
  },
  look: {
    language: 'Sprache',
    theme: 'Aussehen',
    themes: { auto: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
  },
  activity: {
    list: 'Was in diesem Raum geschah',
    empty: 'Noch ist nichts geschehen.',
    more: 'Früheres anzeigen',
    loading: 'Wird geladen …',
    csv: 'Als CSV herunterladen',
    json: 'Als JSON herunterladen',
    failed: 'Die Aktivität ließ sich nicht laden',
    day: (at) => day.format(at),
    time: (at) => time.format(at),
    somebody: 'Jemand',
    host: 'Ein Gastgeber',
    server: 'Der Server',
    lines: {
      'participant-joined': (who) => `${who} ist beigetreten`,
      'participant-left': (who) => `${who} ist gegangen`,
      'participant-removed': (who, by) => `${by} hat ${who} entfernt`,
      'participant-restored': (who, by) => `${by} hat ${who} wieder zugelassen`,
      'call-ended': (_, by) => `${by} hat das Gespräch beendet`,
      'knock-received': (who) => `${who} hat angeklopft`,
      'knock-admitted': (who, by) => `${by} hat ${who} hereingelassen`,
      'knock-denied': (who, by) => `${by} hat ${who} abgewiesen`,
      'knock-over': (who) => `${who} wartet nicht mehr`,
      'room-locked': (_, by) => `${by}: Wer den Link hat, muss nun anklopfen`,
      'room-unlocked': (_, by) => `${by}: Wer den Link hat, kommt nun direkt herein`,
      'role-changed': (who, by) => `${by} hat die Rolle von ${who} geändert`,
      'invitation-created': (who, by) => `${by} hat ${who} eingeladen`,
      'invitation-revoked': (who, by) => `${by} hat die Einladung für ${who} zurückgezogen`,
      'link-changed': (_, by) => `${by} hat den privaten Link geändert`,
      'pass-revoked': (who, by) => `${who} muss wieder anklopfen (${by})`,
      'room-reset': (_, by) => `${by} hat den Raum ganz oder teilweise zurückgesetzt`,
    },
  },
  reset: {
    intro: 'Wählen Sie, was gelöscht werden soll. Es lässt sich nicht zurückholen.',
    parts: {
      activity: 'Aktivität im Raum',
      access: 'Zugang einzelner Personen',
    },
    hints: {
      activity: 'Alles zurücksetzen: der ganze Verlauf und alles darunter.',
      access: 'Die eingeladenen Personen. Ihre Links gelten sofort nicht mehr.',
    },
    counts: {
      activity: (number) => count(number, 'Eintrag', 'Einträge'),
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
  },
};
