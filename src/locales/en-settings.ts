import type { ResetPart } from '../protocol/reset.ts';

const numbers = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');
const list = new Intl.ListFormat('en');
const time = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' });
const moment = new Intl.DateTimeFormat('en', {
  ...{ weekday: 'long', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit' },
});
const count = (number: number, one: string, many: string): string =>
  `${numbers.format(number)} ${plurals.select(number) === 'one' ? one : many}`;

/** What the settings dialog says. */
export const settings = {
  title: 'Settings',
  close: 'Close settings',
  sections: {
    devices: 'Audio and video',
    people: 'People and links',
    room: 'Room',
    recordings: 'Recordings',
    activity: 'Activity',
    look: 'Language and view',
    reset: 'Reset meeting room',
  },
  devices: {
    camera: 'Camera',
    microphone: 'Microphone',
    speaker: 'Speaker',
    system: 'System default',
    nameless: (kind: string, index: number): string => `${kind} ${index}`,
    level: 'Microphone level',
    microphoneOff: 'Your microphone is off.',
    test: 'Test speaker',
    testing: 'Playing…',
    testFailed: 'No sound could be played. Check your speakers.',
    speakerFixed: 'This browser plays sound on the speaker that your system prefers.',
  },
  people: {
    text: 'Who is in the call, who may come in, and what each of them may do.',
    show: 'Show people',
  },
  room: {
    knock: {
      label: 'People who use the link must knock',
      hint: 'Off: whoever has the link comes straight in.',
    },
    presenter: {
      label: 'Presenter mode',
      hint: 'Only hosts share their screen, add files and draw. What others share now ends.',
    },
  },
  look: {
    language: 'Language',
    theme: 'Theme',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
    layout: 'Layout',
    layouts: { grid: 'Everybody the same size', speaker: 'Whoever speaks large' },
  },
  reset: {
    intro: (hours: number): string =>
      hours > 0
        ? `Choose what to delete. It is gone for everybody at once, and can be restored for ${count(hours, 'hour', 'hours')}; links that let people in can’t.`
        : 'Choose what to delete. It can’t be brought back.',
    parts: {
      activity: 'Meeting activity',
      chat: 'Chat',
      'whiteboards-and-files': 'Whiteboards and files',
      recordings: 'Cloud recordings',
      access: 'Specific user access',
    } satisfies Record<ResetPart, string>,
    hints: {
      activity: 'A full reset: the whole history, and everything below.',
      chat: 'All messages, private ones too.',
      'whiteboards-and-files': 'All that was drawn, and all files that were added.',
      recordings: 'All recordings that the room keeps, for every host.',
      access: 'The people who were invited. Their links stop working at once.',
    } satisfies Record<ResetPart, string>,
    counts: {
      activity: (number: number): string => count(number, 'entry', 'entries'),
      chat: (number: number): string => count(number, 'message', 'messages'),
      'whiteboards-and-files': (number: number): string => count(number, 'item', 'items'),
      recordings: (number: number): string => count(number, 'recording', 'recordings'),
      access: (number: number): string => count(number, 'invitation', 'invitations'),
    } satisfies Record<ResetPart, (number: number) => string>,
    counting: 'Counting…',
    countFailed: 'It can’t be counted now.',
    leave: (people: number): string =>
      people > 1
        ? `All ${numbers.format(people)} people leave the call, you too.`
        : 'You leave the call.',
    leaveOthers: (people: number): string =>
      people > 1
        ? `${count(people - 1, 'other person leaves', 'other people leave')} the call.`
        : 'Nobody else is in the call.',
    keepMe: 'Keep me in the call',
    local: 'Recordings that people keep on their own devices are not touched.',
    none: 'Tick what to delete first.',
    reset: 'Reset',
    resetting: 'Resetting…',
    failed: 'Nothing was reset',
    vetoed: 'The page that shows this room does not allow it.',
    done: 'Deleted',
    goesOn: 'It goes on by itself. What is left is deleted as soon as it can be.',
    people: (people: number): string =>
      `${count(people, 'person', 'people')} left the call by this.`,
    at: (at: number): string => `${day.format(at)}, ${time.format(at)}`,
    receipt: 'Download receipt',
    here: 'Still in the call',
    hereText: (names: readonly string[]): string =>
      `${list.format(names)} came in by a link that is gone now. They stay unless you remove them.`,
    remove: (name: string): string => `Remove ${name}`,
    back: 'Done',
    trash: {
      title: 'Can be restored',
      cleared: (by: string, at: number): string => `Deleted by ${by}, ${moment.format(at)}`,
      until: (at: number): string => `Can be restored until ${moment.format(at)}.`,
      hint: 'Deleting the same parts again deletes this for good.',
      aHost: 'a host',
      restore: 'Restore',
      restoreAll: (things: readonly string[]): string => `Restore ${list.format(things)}`,
      restoring: 'Restoring…',
      restored: 'It’s back.',
      failed: 'Nothing was restored',
      gone: 'It isn’t there any more.',
    },
  },
};
