const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en', {
  ...{ weekday: 'short', month: 'short', day: 'numeric' },
  ...{ hour: 'numeric', minute: '2-digit' },
});

/** What is said of recordings: in their panel, and to who is recorded. */
export const recordings = {
  /** Whoever is recorded, before they are in it. */
  ask: {
    title: 'This call is being recorded',
    text: (name: string | undefined) =>
      `${name ?? 'This site'} records what is seen and heard. You are not in the recording until you choose to stay.`,
    stay: 'Stay',
    leave: 'Leave call',
    failed: 'That didn’t work. Try again.',
  },
  start: 'Start recording',
  starting: 'Starting…',
  stop: 'Stop recording',
  stopping: 'Stopping…',
  tell: 'Everyone in the call is told.',
  askFirst: 'Everyone in the call is asked first. Whoever hasn’t agreed isn’t in it.',
  by: 'Record with',
  recorders: {
    browser: 'This browser',
    egress: 'The meeting’s server',
  },
  recorderHints: {
    browser: 'It’s kept in this browser until you upload, save or delete it. Keep this page open.',
    egress: 'It goes on when you leave, and lands in the room.',
  },
  asItGoes: 'Upload to the room while recording',
  asItGoesHint: 'It’s in the room soon after the end.',
  running: (name: string | undefined, at: number) =>
    `${name ?? 'This site'} records since ${clock.format(at)}`,
  agreed: (agreed: number, all: number) => `${agreed} of ${all} agreed to be in it`,
  unsupported: 'This browser can’t record. Use a current Chrome, Edge, Firefox or Safari.',
  notHost: 'Only hosts record, and see the recordings.',
  here: 'In this browser',
  hereHint: 'Only you have these, and the browser may delete them when it runs out of space.',
  inRoom: 'In the room',
  inRoomHint: 'All hosts of this room have these.',
  hereEmpty: 'Nothing is recorded in this browser.',
  inRoomEmpty: 'No recordings in the room yet.',
  loading: 'Loading recordings',
  usage: (used: string, all: string) => `${used} of ${all}`,
  named: (at: number) => `Recording, ${day.format(at)}`,
  states: {
    running: 'Recording now',
    interrupted: 'Recovered: the page went away while it recorded',
    uploaded: 'Also in the room',
    partial: 'The upload broke off; this is what came',
  },
  play: (name: string) => `Play ${name}`,
  close: (name: string) => `Close ${name}`,
  save: (name: string) => `Save ${name} to disk`,
  upload: (name: string) => `Upload ${name} to the room`,
  cancel: (name: string) => `Cancel the upload of ${name}`,
  retry: (name: string) => `Try to upload ${name} again`,
  download: (name: string) => `Download ${name}`,
  delete: (name: string) => `Delete ${name}`,
  player: (name: string) => `Player: ${name}`,
  uploading: (name: string) => `Uploading ${name}`,
  sent: (percent: string, sent: string, all: string) => `${percent} · ${sent} of ${all}`,
  paused: 'Connection lost. It goes on by itself.',
  playFailed: 'This can’t be played here. You can download it.',
  deleteTitle: (at: number) => `Delete the recording of ${day.format(at)}?`,
  deleteText: 'It’s gone from the room for everyone, and can’t be brought back.',
  deleteHereText: 'It’s gone from this browser, and can’t be brought back.',
  deleteAction: 'Delete',
  keep: 'Keep',
  deleted: 'The recording was deleted',
  startFailed: 'Nothing is recorded',
  stopFailed: 'The recording wasn’t stopped',
  deleteFailed: 'The recording wasn’t deleted',
  uploadFailed: 'The recording wasn’t uploaded',
  errors: {
    'recording-running': 'The call is being recorded already. Stop that recording first.',
    'recordings-full': 'The room has no more space for recordings. Delete some that nobody needs.',
    'recorder-unavailable':
      'The server that records doesn’t answer. Record with this browser, or try again later.',
    'recording-not-found': 'The room doesn’t know of this recording. You can save it to disk.',
    'file-too-large': 'The recording is larger than the room takes. You can save it to disk.',
    'recording-unsupported':
      'This browser can’t record. Use a current Chrome, Edge, Firefox or Safari.',
    'recording-failed':
      'The browser broke off the recording. What it had is kept. Check the free space on this device.',
    'file-unreadable': 'This browser no longer has the recording.',
    'not-host': 'You are no host any more.',
  },
};
