/** Routes that read: GET. */
const READ = [
  'room-read',
  'file-list',
  'file-preview',
  'file-read',
  'message-list',
  'note-read',
  'whiteboard-list',
  'whiteboard-read',
  'recording-list',
  'recording-read',
  'access-list',
  'reset-preview',
  'activity',
  'activity-export',
  'events',
] as const;

/** All others: POST. */
const ACT = [
  'call-check',
  'call-enter',
  'knock',
  'knock-withdraw',
  'knock-admit',
  'knock-deny',
  'call-resume',
  'call-leave',
  'call-end',
  'participant-remove',
  'participant-restore',
  'room-lock',
  'presenter-mode',
  'role-set',
  'link-set',
  'invitation-create',
  'invitation-revoke',
  'pass-revoke',
  'room-reset',
  'reset-restore',
  'reset-purge',
  'knock-camera',
  'knock-look',
  'file-preview-set',
  'file-open',
  'file-delete',
  'message-send',
  'message-edit',
  'message-delete',
  'message-read',
  'note-write',
  'whiteboard-create',
  'whiteboard-rename',
  'whiteboard-lock',
  'whiteboard-clear',
  'whiteboard-delete',
  'whiteboard-update',
  'recording-start',
  'recording-stop',
  'recording-consent',
  'recording-open',
  'recording-delete',
] as const;

/** The one name that a feature has from event to table. */
export type Stem = (typeof READ)[number] | (typeof ACT)[number];

/** How a route is called. */
interface Place {
  readonly method: 'GET' | 'POST';
  /** Below the mount path; `{room}` is a room's name. */
  readonly path: string;
}

/** Apart from the routes table, for a browser needs this and not the schemas. */
export const placeOf = (stem: Stem): Place => ({
  method: READ.some((one) => one === stem) ? 'GET' : 'POST',
  path: stem === 'room-read' ? '/rooms/{room}' : `/rooms/{room}/${stem}`,
});

/** Method and path of every route; a browser asks for one at a time. */
export const PATHS = /* @__PURE__ */ Object.fromEntries(
  [...READ, ...ACT].map((stem) => [stem, placeOf(stem)]),
) as Readonly<Record<Stem, Place>>;

/**
 * Where files and recordings are uploaded, by tus 1.0: POST here, then HEAD, PATCH and DELETE of what
 * the answer's `location` says. Not of the routes table, for its bodies are no JSON.
 */
export const UPLOADS_PATH = '/rooms/{room}/uploads';
