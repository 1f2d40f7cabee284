const plural = new Intl.PluralRules('en');
const time = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

/** What the chat says. */
export const chat = {
  log: 'Messages',
  box: 'Message',
  placeholder: 'Write to everyone',
  placeholderTo: (name: string) => `Write to ${name} only`,
  to: 'To',
  everyone: 'Everyone',
  betweenTwo: (name: string) => `Only you and ${name} see this. Hosts don’t.`,
  notHere: (name: string) => `${name} isn’t in the call now.`,
  attach: 'Send files',
  drop: 'Drop to send to everyone',
  filesForAll: 'Files are for everyone. Choose “Everyone” to send one.',
  fileGone: 'This file was deleted',
  uploads: 'Files on their way',
  send: 'Send',
  save: 'Save',
  cancel: 'Cancel',
  replyingTo: (name: string) => `Replying to ${name}`,
  editing: 'Changing your message',
  left: (count: number) => `${count} left`,
  over: (count: number) => `${count} too many`,
  you: 'You',
  privateTo: (name: string) => `Private, to ${name}`,
  privateToYou: 'Private, to you',
  reply: (name: string) => `Reply to ${name}`,
  replyToOwn: 'Reply to your message',
  edit: 'Change your message',
  delete: 'Delete your message',
  deleteOf: (name: string) => `Delete ${name}’s message`,
  edited: 'edited',
  deletedByAuthor: 'Message deleted',
  deletedBy: (name: string) => `Message deleted by ${name}`,
  deletedByYou: 'You deleted this message',
  quoteDeleted: 'Message deleted',
  quoteElsewhere: 'An earlier message',
  sending: 'Sending…',
  failed: 'Not sent.',
  unreadable: 'There is nothing to read in it, or it is too long.',
  sendAgain: 'Send again',
  discard: 'Discard',
  empty: 'No messages yet',
  emptyText: 'What is written here stays in the room for the next time.',
  older: 'Earlier messages',
  loadingOlder: 'Loading…',
  olderFailed: 'Earlier messages couldn’t be loaded.',
  loadFailed: 'The messages couldn’t be loaded.',
  unread: 'New messages',
  toEnd: 'To the latest messages',
  newBelow: (count: number) =>
    plural.select(count) === 'one' ? `${count} new message` : `${count} new messages`,
  typing: (names: readonly string[]) => {
    const [first = '', second = ''] = names;
    if (names.length === 1) return `${first} is writing…`;
    return names.length === 2
      ? `${first} and ${second} are writing…`
      : 'Several people are writing…';
  },
  typingToYou: (name: string) => `${name} is writing to you…`,
  said: (name: string, text: string) => `${name}: ${text}`,
  saidPrivately: (name: string, text: string) => `${name}, privately: ${text}`,
  today: 'Today',
  yesterday: 'Yesterday',
  time: (at: number) => time.format(at),
  exact: (at: number) => exact.format(at),
  day: (at: number, isThisYear: boolean) => (isThisYear ? day : dayAndYear).format(at),
};
