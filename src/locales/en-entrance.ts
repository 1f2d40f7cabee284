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
    knock: 'Knock',
    knocking: 'Knocking…',
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
  help: { retry: 'Try again' },
  errors: {
    engine: {
      title: 'A part of the page didn’t load',
      text: 'Check your network, reload the page and try again.',
    },
  },
};

/** The texts of the join screen. */
export type EntranceTexts = typeof entrance;

/** English up to the call, built in; the rest of it comes with the stage. */
export const enEntrance = { code: 'en', dir: 'ltr' as const, texts: entrance };
