import type { ErrorCode } from './meeting-error.ts';
import type { Stem } from './paths.ts';
import type { Role } from './participant.ts';

/** What somebody may want to do, by the stem of its route. */
export type Action =
  /** Not of the routes table: files and recordings come in by tus. */
  | 'file-upload'
  /** Nor is this one: it goes to LiveKit, which keeps to it by what it grants. */
  | 'screen-share'
  | 'recording-upload'
  | Extract<
      Stem,
      | 'call-leave'
      | 'call-end'
      | 'participant-remove'
      | 'participant-restore'
      | 'role-set'
      | 'knock-admit'
      | 'knock-deny'
      | 'knock-look'
      | 'room-lock'
      | 'presenter-mode'
      | 'message-send'
      | 'message-edit'
      | 'message-delete'
      | 'link-set'
      | 'invitation-create'
      | 'invitation-revoke'
      | 'pass-revoke'
      | 'room-reset'
      | 'reset-restore'
      | 'reset-purge'
      | 'file-delete'
      | 'recording-start'
      | 'recording-stop'
      | 'recording-consent'
      | 'recording-list'
      | 'recording-open'
      | 'recording-delete'
      | 'note-read'
      | 'note-write'
      | 'whiteboard-create'
      | 'whiteboard-rename'
      | 'whiteboard-update'
      | 'whiteboard-lock'
      | 'whiteboard-clear'
      | 'whiteboard-delete'
      | 'access-list'
      | 'activity'
    >;

/** Somebody, as far as it matters to what may be done to them. */
export interface Subject {
  readonly person: string;
  readonly role: Role;
}

/** What the answer hangs on. */
export interface Circumstances {
  /** Who asks: somebody in the call, the integrator's code, or nobody who is in. */
  readonly by: Subject | 'server' | undefined;
  /** Whom it concerns, where it concerns somebody. */
  readonly target?: Subject | undefined;
  /** With `role-set`: what they would be. */
  readonly role?: Role | undefined;
  /** Whether hosts alone present now. */
  readonly presenterMode?: boolean | undefined;
  /** How many hosts are admitted, the one asking included. */
  readonly hosts: number;
}

/** Whether something may be done; if not, the code that the server would answer with. */
export type Explanation =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly why: ErrorCode };

const YES: Explanation = Object.freeze({ allowed: true });
const no = (why: ErrorCode): Explanation => ({ allowed: false, why });

type Rule = (circumstances: Circumstances) => ErrorCode | undefined;

const inCall: Rule = ({ by }) => (by === undefined ? 'session-missing' : undefined);
const host: Rule = ({ by }) =>
  by === undefined
    ? 'session-missing'
    : by === 'server' || by.role === 'host'
      ? undefined
      : 'not-host';
const notYourself: Rule = ({ by, target }) =>
  by !== 'server' && target !== undefined && by?.person === target.person
    ? 'not-yourself'
    : undefined;
const yours: Rule = ({ by, target }) =>
  by !== 'server' && by?.person === target?.person ? undefined : 'not-yours';
const yoursOrHost: Rule = (circumstances) =>
  host(circumstances) === undefined ? undefined : yours(circumstances);
const presents: Rule = (circumstances) =>
  circumstances.presenterMode === true && host(circumstances) !== undefined
    ? 'presenter-mode'
    : undefined;
const keepsAHost: Rule = ({ target, role, hosts }) =>
  target?.role === 'host' && role === 'guest' && hosts <= 1 ? 'last-host' : undefined;

/** The one table of who may do what, in the server and in the browser. */
const RULES: Readonly<Record<Action, readonly Rule[]>> = {
  'call-leave': [inCall],
  'call-end': [host],
  'participant-remove': [host, notYourself],
  'participant-restore': [host],
  'role-set': [host, keepsAHost],
  'knock-admit': [host],
  'knock-deny': [host],
  'knock-look': [host],
  'room-lock': [host],
  'presenter-mode': [host],
  'message-send': [inCall],
  'message-edit': [inCall, yours],
  'message-delete': [inCall, yoursOrHost],
  'link-set': [host],
  'invitation-create': [host],
  'invitation-revoke': [host],
  'pass-revoke': [host],
  'room-reset': [host],
  'reset-restore': [host],
  'reset-purge': [host],
  'file-upload': [inCall, presents],
  'screen-share': [inCall, presents],
  'file-delete': [inCall, yoursOrHost],
  'recording-start': [host],
  'recording-stop': [host],
  'recording-consent': [inCall],
  'recording-list': [host],
  'recording-open': [host],
  'recording-upload': [host],
  'recording-delete': [host],
  'note-read': [host],
  'note-write': [host],
  'whiteboard-create': [inCall, presents],
  'whiteboard-rename': [inCall, presents, yoursOrHost],
  'whiteboard-update': [inCall, presents],
  'whiteboard-lock': [host],
  'whiteboard-clear': [host],
  'whiteboard-delete': [host],
  'access-list': [host],
  activity: [host],
};

/** Says whether `action` is allowed, and if not, why. The same everywhere: the server acts on it. */
export function explain(action: Action, circumstances: Circumstances): Explanation {
  for (const rule of RULES[action]) {
    const why = rule(circumstances);
    if (why !== undefined) return no(why);
  }
  return YES;
}
