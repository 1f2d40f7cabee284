import type { ResetPart } from '../protocol/reset.ts';

const list = new Intl.ListFormat('en');

const THINGS: Record<ResetPart, string> = {
  activity: 'the meeting activity',
  chat: 'the chat',
  'whiteboards-and-files': 'the whiteboards and files',
  recordings: 'the recordings in the room',
  access: 'the list of invited people',
};

/** What everybody is told of a reset. */
export const cleared = (parts: readonly ResetPart[], name: string | undefined): string =>
  parts.includes('activity')
    ? `${name ?? 'A host'} reset the meeting room`
    : `${name ?? 'A host'} cleared ${list.format(parts.map((part) => THINGS[part]))}`;

/** What everybody is told when it was undone. */
export const contentBack = (parts: readonly ResetPart[], name: string | undefined): string =>
  `${name ?? 'A host'} restored ${list.format(parts.map((part) => THINGS[part]))}`;

/** What is said of a reset outside of the settings. */
export const reset = {
  reset: 'Reset',
  confirmTitle: 'Reset the whole meeting room?',
  confirmText: 'Everyone leaves, you too. All that the room keeps is deleted.',
  confirmKeepText: 'Everyone else leaves. All that the room keeps is deleted.',
  done: 'The meeting room is empty',
  goesOn: 'The reset goes on by itself',
  receipt: 'Download receipt',
};
