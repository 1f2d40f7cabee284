/** What the join screen says, and whatever is shown before anything else is here. */
export const entrance = {
  lobby: {
    heading: 'Ready to join?',
    name: 'Your name',
    nameMissing: 'Enter your name, so that the others know who you are.',
    join: 'Join',
    joining: 'Joining…',
    resuming: 'Bringing you back to the call…',
    cameraOff: 'Your camera is off',
    cameraStarting: 'Starting your camera…',
    preview: 'Your camera',
    anyway: 'You can join without it.',
    knock: 'Knock',
    knocking: 'Knocking…',
    knockHint: 'The host will be asked to let you in.',
    message: 'Message to the host (optional)',
  },
  devices: {
    microphone: 'Microphone',
    camera: 'Camera',
    mute: 'Mute microphone',
    unmute: 'Unmute microphone',
    cameraOn: 'Turn camera on',
    cameraOff: 'Turn camera off',
    toolbar: 'Call controls',
    soundBlocked: 'Your browser holds back the sound of this call.',
    startSound: 'Turn on sound',
  },
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
    missing: (device: string) => `${device}: none was found. Plug one in, then try again.`,
    inUse: (device: string) =>
      `${device}: another app is using it. Close that app, then try again.`,
    insecure: 'Browsers give camera and microphone to secure pages only. Open this page by https.',
    retry: 'Try again',
  },
  /** Why something failed, and what mends it. */
  errors: {
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
    engine: {
      title: 'A part of the page didn’t load',
      text: 'Check your network, reload the page and try again.',
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

/** The texts of the join screen. */
export type EntranceTexts = typeof entrance;

/** English up to the call, built in; the rest of it comes with the stage. */
export const enEntrance = { code: 'en', dir: 'ltr' as const, texts: entrance };
