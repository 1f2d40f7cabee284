import { door } from './en-door.ts';
import { entrance } from './en-entrance.ts';
import { panelTexts, type PanelTexts } from './en-panels.ts';
import { cleared, contentBack, reset } from './en-reset.ts';
import { trouble } from './en-trouble.ts';

const joined = new Intl.PluralRules('en');
const others = (count: number): string =>
  joined.select(count) === 'one' ? `${count} other` : `${count} others`;

const texts = {
  ...entrance,
  ...trouble,
  ...door,
  reset,
  grid: {
    stage: 'People in the call',
    alone: 'You’re the only one here',
    invite: 'Send the link to the people you want to meet.',
    waitForOthers: 'The others will appear here.',
    copyLink: 'Copy link',
    copied: 'Link copied',
    copyFailed: 'Copy this link',
    previousPage: 'Previous people',
    nextPage: 'Next people',
    page: (page: number, pages: number) => `${page} / ${pages}`,
  },
  tile: {
    you: 'You',
    host: 'Host',
    muted: 'Muted',
    unmuted: 'Microphone on',
    noMicrophone: 'No microphone',
    poor: 'Weak connection',
    lost: 'Connection lost',
    reconnecting: 'Reconnecting…',
    removing: 'Removing…',
    remove: (name: string) => `Remove ${name}`,
    agent: 'Agent',
    recorder: 'Recorder',
    ingress: 'Stream',
    phone: 'Phone',
  },
  screen: {
    share: 'Share your screen',
    stop: 'Stop sharing',
    sharing: 'You’re sharing your screen',
    of: (name: string) => `${name}’s screen`,
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
  },
  panels: {
    chat: 'Chat',
    unread: (count: number) => `${count > 99 ? 'Over 99' : count} unread`,
    people: 'People',
    files: 'Files',
    whiteboard: 'Whiteboard',
    settings: 'Settings',
    close: (title: string) => `Close ${title}`,
    more: 'More',
    inCall: (count: number) => `${count} in the call`,
    failed: 'This part of the page didn’t load',
  },
  recording: {
    badge: 'Recording',
    since: (name: string | undefined, time: string) =>
      name === undefined ? `since ${time}` : `${name}, since ${time}`,
  },
  leave: {
    leave: 'Leave',
    menu: 'Ways to leave',
    call: 'Leave call',
    callHint: 'The others stay. You can come back.',
    lastHint: 'The others stay without a host. Make somebody host first, in People.',
    end: 'End call for everyone',
    endHint: 'Everyone is out, you too.',
    endOthers: 'End call for everyone but me',
    endOthersHint: 'You stay in. The others are out.',
    ending: 'Ending…',
  },
  confirm: {
    removeTitle: (name: string) => `Remove ${name} from the meeting?`,
    removeText: 'They leave at once, and can’t come back until a host lets them.',
    remove: 'Remove',
    note: (name: string) => `Message to ${name} (optional)`,
    block: 'Don’t let them back in',
    blockHint: 'They can’t knock either.',
    denyTitle: (name: string) => `Deny ${name}?`,
    denyText: 'They read that a host declined for now, and your message.',
    revokeTitle: (name: string) => `Withdraw the invitation for ${name}?`,
    revokeText: 'Its link opens nothing any more, at once.',
    revoke: 'Withdraw',
    revokeRemove: (names: readonly string[]) => `Also remove ${names.join(', ')} from the call`,
    revokeRemoveHint: 'They came by this link and are in the call now.',
    deleteFileTitle: (name: string) => `Delete ${name}?`,
    deleteFileText: 'It’s gone for everyone, and can’t be brought back.',
    deleteFile: 'Delete',
    clearBoardTitle: (name: string) => `Clear ${name}?`,
    clearBoardText: 'What was drawn is gone for everyone, and can’t be brought back.',
    clearBoard: 'Clear',
    messageTitle: (name: string) => `Delete ${name}’s message?`,
    messageText: 'It goes for everyone, and can’t be brought back.',
    messageDelete: 'Delete',
    cancel: 'Cancel',
  },
  toast: {
    removed: (name: string) => `${name} was removed`,
    removing: (name: string) => `${name} can’t come back`,
    vetoed: 'That wasn’t done',
    unchecked: 'It couldn’t be checked whether that is allowed',
    uncheckedText: 'Nothing was done. Try again.',
    madeHost: (name: string) => `${name} is a host now`,
    madeGuest: (name: string) => `${name} is a guest now`,
    roleFailed: (name: string) => `${name}’s role is as it was`,
    lockFailed: 'The link is as it was',
    presenterModeFailed: 'Presenter mode is as it was',
    linkFailed: 'The private link is as it was',
    revoked: (name: string) => `The invitation for ${name} opens nothing any more`,
    revokeFailed: (name: string) => `The invitation for ${name} is still good`,
    passRevoked: (name: string) => `${name} has to knock now`,
    passRevokeFailed: (name: string) => `${name} can still come back`,
    letBackIn: 'Let back in',
    linkKnocks: 'The link now asks people to knock.',
    unsettled: 'The media server can’t be reached; their picture goes as soon as it can.',
    restored: (name: string) => `${name} can come straight back`,
    removeFailed: (name: string) => `${name} wasn’t removed`,
    restoreFailed: (name: string) => `${name} wasn’t let back in`,
    leaveFailed: 'You are still in the call',
    othersLeft: 'Everyone else has left',
    othersOut: 'The call is over for everyone else',
    othersUnsettled: 'The media server can’t be reached; their pictures go as soon as it can.',
    callUnsettled: 'The media server can’t be reached; it follows as soon as it can.',
    callEnded: 'The call has ended for everyone',
    endFailed: 'The call goes on',
    admitFailed: (name: string) => `${name} wasn’t let in`,
    denyFailed: (name: string) => `${name} is still waiting`,
    boardFailed: 'That didn’t work on the whiteboard',
    fileDeleted: (name: string) => `${name} was deleted`,
    fileDeleteFailed: (name: string) => `${name} wasn’t deleted`,
    uploadFailed: 'Nothing was uploaded',
    messageFailed: 'Your message wasn’t sent',
    messageEditFailed: 'Your message is as it was',
    messageDeleteFailed: 'The message is still there',
    deviceFailed: 'That didn’t work',
    dismiss: 'Dismiss',
  },
  live: {
    joined: (name: string, more: number) =>
      more === 0 ? `${name} joined` : `${name} and ${others(more)} joined`,
    left: (name: string, more: number) =>
      more === 0 ? `${name} left` : `${name} and ${others(more)} left`,
    removed: (name: string) => `${name} was removed`,
    restored: (name: string) => `${name} can come back`,
    knocking: (name: string, more: number) =>
      more === 0 ? `${name} is knocking` : `${name} and ${others(more)} are knocking`,
    wrote: (name: string, more: number) =>
      more === 0 ? `New message from ${name}` : `New messages from ${name} and ${others(more)}`,
    admitted: (name: string) => `${name} was let in`,
    denied: (name: string) => `${name} was not let in`,
    knockOver: (name: string) => `${name} no longer waits`,
    othersLeft: 'The call has ended for everyone else',
    youJoined: 'You are in the call',
    reconnecting: 'Connection lost, reconnecting',
    reconnected: 'You are connected again',
    cleared,
    contentBack,
    locked: 'The link now asks people to knock',
    unlocked: 'The link now lets people straight in',
    presenterMode: {
      on: 'Only hosts present now',
      off: 'Everybody may present again',
    },
    screen: {
      on: (name: string) => `${name} shares their screen`,
      off: (name: string) => `${name} no longer shares their screen`,
    },
    yourScreen: { on: 'You share your screen', off: 'Your screen is no longer shared' },
    recorded: (name: string | undefined) => `${name ?? 'This site'} is recording this call`,
    notRecorded: 'The recording has stopped',
    boardCreated: (name: string) => `There is a new whiteboard, ${name}`,
    boardCleared: (name: string) => `The whiteboard ${name} was cleared`,
    fileAdded: (name: string) => `${name} was added to the files`,
    role: {
      host: (name: string) => `${name} is a host now`,
      guest: (name: string) => `${name} is a guest now`,
    },
    yourRole: { host: 'You are a host now', guest: 'You are a guest now' },
  },
};

/** What the room says in a call, without its panels. */
export type Texts = typeof texts;

/** Everything the room says. A language without one of these does not compile. */
export type AllTexts = Texts & PanelTexts;

/** English of the call; what a panel says comes with the panel. */
export const enCall = { code: 'en', dir: 'ltr' as const, texts };

/** English. */
export const en = /* @__PURE__ */ withPanels();

function withPanels() {
  return { ...enCall, texts: { ...texts, ...panelTexts } satisfies AllTexts };
}
