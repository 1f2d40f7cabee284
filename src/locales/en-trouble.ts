import { entrance } from './en-entrance.ts';

/** What is said when something does not work. */
export const trouble = {
  /** What to do when a device does not work, by browser and system. */
  help: {
    denied: {
      chromium: (device: string) =>
        `${device}: your browser blocks it for this site. Click the icon at the start of the address bar, allow it, then try again.`,
      firefox: (device: string) =>
        `${device}: Firefox blocks it for this site. Click the crossed-out icon in the address bar, remove the block, then try again.`,
      safari: (device: string) =>
        `${device}: Safari blocks it for this site. Choose Safari › Settings for This Website, allow it, then try again.`,
      ios: (device: string) =>
        `${device}: Safari blocks it for this site. Tap the page menu in the address bar, then Website Settings, allow it and try again.`,
      android: (device: string) =>
        `${device}: your browser blocks it for this site. Tap the icon beside the address, then Permissions, allow it and try again.`,
    },
    framed: (device: string) =>
      `${device}: the site around this page does not pass it on. Open the meeting in a tab of its own, or ask the site’s owner to allow it.`,
    missing: (device: string) => `${device}: none was found. Plug one in, then try again.`,
    inUse: (device: string) =>
      `${device}: another app is using it. Close that app, then try again.`,
    insecure: 'Browsers give camera and microphone to secure pages only. Open this page by https.',
    ...entrance.help,
  },
  /** Why something failed, and what mends it. */
  errors: {
    ...entrance.errors,
    refused: {
      title: 'You can’t knock here',
      text: 'A host has closed this room for you.',
    },
    answered: {
      title: 'It was already answered',
      text: 'Another host was faster.',
    },
    locked: {
      title: 'This room is locked',
      text: 'A host has to let you in. Knock to ask them.',
    },
    linkExpired: {
      title: 'Your way in has expired',
      text: 'Reload this page to get a new one.',
    },
    linkInvalid: {
      title: 'This link doesn’t open the room',
      text: 'It may have been withdrawn. Ask for a new one.',
    },
    linkRevoked: {
      title: 'Your invitation was withdrawn',
      text: 'You can still knock, or ask for a new one.',
    },
    keyExpired: {
      title: 'Your invitation has expired',
      text: 'You can still knock, or ask for a new one.',
    },
    linkUsed: {
      title: 'This invitation was used in another browser',
      text: 'Open it there, knock, or ask for a new one.',
    },
    alreadyHere: {
      title: 'You’re already in this meeting',
      text: 'It is open in another window or on another device.',
    },
    tooManyStays: {
      title: 'You’re already in this meeting twice',
      text: 'Use it here instead, or leave in one of the other windows.',
    },
    lastHost: {
      title: 'A meeting needs a host',
      text: 'Make somebody else host first.',
    },
    invitationGone: {
      title: 'This invitation is already withdrawn',
      text: 'There is nothing more to do.',
    },
    passGone: {
      title: 'They have to knock already',
      text: 'There is nothing more to do.',
    },
    messageGone: {
      title: 'This message was deleted',
      text: 'There is nothing more to do.',
    },
    chatFull: {
      title: 'The chat of this room is full',
      text: 'Ask a host to clear it.',
    },
    fileTooLarge: {
      title: 'This file is too large',
      text: 'Make it smaller, or share a link to it.',
    },
    filesFull: {
      title: 'There is no more space for files',
      text: 'Delete some that nobody needs any more.',
    },
    fileUnreadable: {
      title: 'This can’t be read',
      text: 'Folders can’t be uploaded. If it’s a file that was moved or changed, choose it again.',
    },
    fileGone: {
      title: 'This file is gone',
      text: 'Somebody has deleted it.',
    },
    notYours: {
      title: 'That’s for whoever added it',
      text: 'Ask them, or a host.',
    },
    boardGone: {
      title: 'This whiteboard is gone',
      text: 'A host has deleted it.',
    },
    boardLocked: {
      title: 'This whiteboard is locked',
      text: 'Ask a host to unlock it.',
    },
    boardFull: {
      title: 'This whiteboard is full',
      text: 'Erasing makes no room: a host can clear it, or use another one.',
    },
    boardsFull: {
      title: 'There are too many whiteboards',
      text: 'Ask a host to delete some.',
    },
    boardCleared: {
      title: 'This whiteboard was cleared meanwhile',
      text: 'Draw it again if you still want it.',
    },
    presenterMode: {
      title: 'Only hosts present now',
      text: 'Ask a host to turn presenter mode off.',
    },
    screenDenied: {
      title: 'Your screen can’t be shared',
      text: 'Your system, or the site around this page, blocks it. Allow it there, then try again.',
    },
    screenUnavailable: {
      title: 'Your screen can’t be shared',
      text: 'This browser gave no picture of it. Try another window, or another browser.',
    },
    forbidden: {
      title: 'That isn’t allowed here',
      text: 'Ask the people who run this site.',
    },
    unchecked: {
      title: 'It couldn’t be checked whether that is allowed',
      text: 'Nothing was done. Try again.',
    },
    yourself: {
      title: 'That’s you',
      text: 'To go yourself, leave the call.',
    },
    unreachable: {
      title: 'The meeting service can’t be reached',
      text: 'Check your network, then try again.',
    },
    busy: {
      title: 'Too many tries at once',
      text: 'Wait a moment, then try again.',
    },
    setup: {
      title: 'This page isn’t set up for meetings yet',
      text: 'Tell the people who run it.',
    },
    media: {
      title: 'Your network blocks calls',
      text: 'Try another network, or turn off the VPN.',
    },
    gone: {
      title: 'They have already left',
      text: 'There is nothing more to do.',
    },
    notAllowed: {
      title: 'That’s for hosts',
      text: 'You are no longer a host of this room.',
    },
    over: {
      title: 'You are no longer in this meeting',
      text: 'Join again to come back.',
    },
  },
};
