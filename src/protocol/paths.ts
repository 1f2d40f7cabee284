/**
 * Method and path of every route, below the mount path; `{room}` is a room's name. Apart from the
 * routes table, for a browser needs these and not the schemas.
 */
export const PATHS = {
  'call-check': { method: 'POST', path: '/rooms/{room}/call-check' },
  'call-enter': { method: 'POST', path: '/rooms/{room}/call-enter' },
  knock: { method: 'POST', path: '/rooms/{room}/knock' },
  'knock-withdraw': { method: 'POST', path: '/rooms/{room}/knock-withdraw' },
  'knock-admit': { method: 'POST', path: '/rooms/{room}/knock-admit' },
  'knock-deny': { method: 'POST', path: '/rooms/{room}/knock-deny' },
  'call-resume': { method: 'POST', path: '/rooms/{room}/call-resume' },
  'call-leave': { method: 'POST', path: '/rooms/{room}/call-leave' },
  'call-end': { method: 'POST', path: '/rooms/{room}/call-end' },
  'participant-remove': { method: 'POST', path: '/rooms/{room}/participant-remove' },
  'participant-restore': { method: 'POST', path: '/rooms/{room}/participant-restore' },
  'room-lock': { method: 'POST', path: '/rooms/{room}/room-lock' },
  'presenter-mode': { method: 'POST', path: '/rooms/{room}/presenter-mode' },
  'role-set': { method: 'POST', path: '/rooms/{room}/role-set' },
  'link-set': { method: 'POST', path: '/rooms/{room}/link-set' },
  'invitation-create': { method: 'POST', path: '/rooms/{room}/invitation-create' },
  'invitation-revoke': { method: 'POST', path: '/rooms/{room}/invitation-revoke' },
  'pass-revoke': { method: 'POST', path: '/rooms/{room}/pass-revoke' },
  'room-reset': { method: 'POST', path: '/rooms/{room}/room-reset' },
  'reset-restore': { method: 'POST', path: '/rooms/{room}/reset-restore' },
  'reset-purge': { method: 'POST', path: '/rooms/{room}/reset-purge' },
  'knock-camera': { method: 'POST', path: '/rooms/{room}/knock-camera' },
  'knock-look': { method: 'POST', path: '/rooms/{room}/knock-look' },
  'file-list': { method: 'GET', path: '/rooms/{room}/file-list' },
  'file-preview': { method: 'GET', path: '/rooms/{room}/file-preview' },
  'file-preview-set': { method: 'POST', path: '/rooms/{room}/file-preview-set' },
  'file-open': { method: 'POST', path: '/rooms/{room}/file-open' },
  'file-read': { method: 'GET', path: '/rooms/{room}/file-read' },
  'file-delete': { method: 'POST', path: '/rooms/{room}/file-delete' },
  'message-send': { method: 'POST', path: '/rooms/{room}/message-send' },
  'message-edit': { method: 'POST', path: '/rooms/{room}/message-edit' },
  'message-delete': { method: 'POST', path: '/rooms/{room}/message-delete' },
  'message-read': { method: 'POST', path: '/rooms/{room}/message-read' },
  'message-list': { method: 'GET', path: '/rooms/{room}/message-list' },
  'note-read': { method: 'GET', path: '/rooms/{room}/note-read' },
  'note-write': { method: 'POST', path: '/rooms/{room}/note-write' },
  'whiteboard-list': { method: 'GET', path: '/rooms/{room}/whiteboard-list' },
  'whiteboard-create': { method: 'POST', path: '/rooms/{room}/whiteboard-create' },
  'whiteboard-rename': { method: 'POST', path: '/rooms/{room}/whiteboard-rename' },
  'whiteboard-lock': { method: 'POST', path: '/rooms/{room}/whiteboard-lock' },
  'whiteboard-clear': { method: 'POST', path: '/rooms/{room}/whiteboard-clear' },
  'whiteboard-delete': { method: 'POST', path: '/rooms/{room}/whiteboard-delete' },
  'whiteboard-read': { method: 'GET', path: '/rooms/{room}/whiteboard-read' },
  'whiteboard-update': { method: 'POST', path: '/rooms/{room}/whiteboard-update' },
  'recording-start': { method: 'POST', path: '/rooms/{room}/recording-start' },
  'recording-stop': { method: 'POST', path: '/rooms/{room}/recording-stop' },
  'recording-consent': { method: 'POST', path: '/rooms/{room}/recording-consent' },
  'recording-list': { method: 'GET', path: '/rooms/{room}/recording-list' },
  'recording-open': { method: 'POST', path: '/rooms/{room}/recording-open' },
  'recording-read': { method: 'GET', path: '/rooms/{room}/recording-read' },
  'recording-delete': { method: 'POST', path: '/rooms/{room}/recording-delete' },
  'room-read': { method: 'GET', path: '/rooms/{room}' },
  'access-list': { method: 'GET', path: '/rooms/{room}/access-list' },
  'reset-preview': { method: 'GET', path: '/rooms/{room}/reset-preview' },
  activity: { method: 'GET', path: '/rooms/{room}/activity' },
  'activity-export': { method: 'GET', path: '/rooms/{room}/activity-export' },
  events: { method: 'GET', path: '/rooms/{room}/events' },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: string }>;

/**
 * Where files and recordings are uploaded, by tus 1.0: POST here, then HEAD, PATCH and DELETE of what the answer's
 * `location` says. Not of the routes table, for its bodies are no JSON.
 */
export const UPLOADS_PATH = '/rooms/{room}/uploads';

/** The one name that a feature has from event to table. */
export type Stem = keyof typeof PATHS;
