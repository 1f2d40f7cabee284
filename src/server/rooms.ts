import * as v from 'valibot';
import type { RoomEvent } from '../protocol/events.ts';
import type { LinkAccess } from '../protocol/invitation.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import { RoomName } from '../protocol/names.ts';
import type { Role } from '../protocol/participant.ts';
import type { ResetPart } from '../protocol/reset.ts';
import { type Answer, type BackendStem, type Input, ROUTES } from '../protocol/routes.ts';
import type { RoomInfo } from '../protocol/snapshot.ts';
import type { Whiteboard } from '../protocol/whiteboard.ts';
import { checkInput } from './read-input.ts';
import type { BackendHandler, Parts } from './routes/context.ts';
import { BACKEND_HANDLERS } from './routes/handlers.ts';
import { newId } from './secrets.ts';

/**
 * The rules for code on the integrator's server: what an API key may do by HTTP, by the same rules;
 * everybody sees the actor `{ kind: 'server' }`. An act makes the room when it does not exist yet.
 *
 * All of them throw MeetingError `invalid-room-name` and `invalid-input`.
 */
export interface Rooms {
  /** How a room stands now. One that nobody was ever let into is locked and empty. */
  get(room: string): Promise<RoomInfo & Omit<Answer<'room-read'>, 'room'>>;
  /** Ends the call for everybody in it. */
  endCall(room: string): Promise<Answer<'call-end'>>;
  /** @throws MeetingError `participant-not-found`, `participant-out`. */
  removeParticipant(
    room: string,
    identity: string,
    options?: Omit<Input<'participant-remove'>, 'identity'>,
  ): Promise<Answer<'participant-remove'>>;
  /** @throws MeetingError `participant-not-found`. */
  restoreParticipant(room: string, identity: string): Promise<Answer<'participant-restore'>>;
  /** @throws MeetingError `participant-not-found`, `participant-out`, `last-host`. */
  setRole(room: string, identity: string, role: Role): Promise<Answer<'role-set'>>;
  /** @throws MeetingError `knock-not-found`, `already-decided`. */
  admitKnock(room: string, identity: string): Promise<Answer<'knock-admit'>>;
  /** @throws MeetingError `knock-not-found`, `already-decided`. */
  denyKnock(
    room: string,
    identity: string,
    options?: Omit<Input<'knock-deny'>, 'identity'>,
  ): Promise<Answer<'knock-deny'>>;
  /** Says whether the public link asks people to knock. */
  setLocked(room: string, locked: boolean): Promise<Answer<'room-lock'>>;
  /** Says whether hosts alone share their screen, add files and draw. */
  setPresenterMode(room: string, on: boolean): Promise<Answer<'presenter-mode'>>;
  /** Says what the shared private link opens; the answer tells the key once, when it is new. */
  setLink(
    room: string,
    access: LinkAccess,
    options?: Omit<Input<'link-set'>, 'access'>,
  ): Promise<Answer<'link-set'>>;
  /** Makes one person's own way in. The answer tells the key, this once. */
  invite(
    room: string,
    invitation: Input<'invitation-create'>,
  ): Promise<Answer<'invitation-create'>>;
  /** @throws MeetingError `invitation-not-found`. */
  revokeInvitation(
    room: string,
    id: string,
    options?: Omit<Input<'invitation-revoke'>, 'id'>,
  ): Promise<Answer<'invitation-revoke'>>;
  /** @throws MeetingError `pass-not-found`. */
  revokePass(room: string, identity: string): Promise<Answer<'pass-revoke'>>;
  /** The whiteboards, the oldest first. */
  whiteboards(room: string): Promise<Whiteboard[]>;
  /**
   * Makes a whiteboard; again with the same `id`, `w_` and 22 letters, it is the one that is there.
   * @throws MeetingError `too-many-whiteboards`.
   */
  createWhiteboard(room: string, name: string, options?: { id?: string }): Promise<Whiteboard>;
  /** @throws MeetingError `whiteboard-not-found`. */
  renameWhiteboard(room: string, id: string, name: string): Promise<Whiteboard>;
  /**
   * What is on a whiteboard, in pages: Yjs updates in base64 after number `after`, to be applied to a
   * document whose map `items` has everything on it.
   * @throws MeetingError `whiteboard-not-found`.
   */
  readWhiteboard(room: string, id: string, after?: number): Promise<Answer<'whiteboard-read'>>;
  /** Lets hosts alone draw on a whiteboard, or everybody. @throws MeetingError `whiteboard-not-found`. */
  lockWhiteboard(room: string, id: string, locked: boolean): Promise<Answer<'whiteboard-lock'>>;
  /** Takes everything off a whiteboard. @throws MeetingError `whiteboard-not-found`. */
  clearWhiteboard(room: string, id: string): Promise<Answer<'whiteboard-clear'>>;
  /** @throws MeetingError `whiteboard-not-found`. */
  deleteWhiteboard(room: string, id: string): Promise<Answer<'whiteboard-delete'>>;
  /**
   * Has LiveKit's Egress record the call; `id` is `r_` and 22 random letters, so that asking again
   * doubles nothing.
   * @throws MeetingError `recording-running`, `recording-id-taken`, `recorder-unavailable`;
   *   `invalid-input` where the server has no Egress.
   */
  startRecording(room: string, id: string): Promise<Answer<'recording-start'>>;
  /** Ends any recording that runs. @throws MeetingError `recording-not-found`. */
  stopRecording(room: string, id: string): Promise<Answer<'recording-stop'>>;
  /** What the room keeps of recordings. */
  recordings(room: string): Promise<Answer<'recording-list'>>;
  /** @throws MeetingError `recording-not-found`, `recording-running`. */
  deleteRecording(room: string, id: string): Promise<Answer<'recording-delete'>>;
  /** Clears parts of what the room keeps; with `activity` all of it, and everybody is out. */
  resetRoom(room: string, parts: readonly ResetPart[]): Promise<Answer<'room-reset'>>;
  /**
   * Puts back what a reset cleared, while the server keeps it (`reset.trashHours`).
   *
   * @param id - the receipt's `restorable.id`.
   * @throws MeetingError `reset-not-found`.
   */
  restoreReset(room: string, id: string): Promise<Answer<'reset-restore'>>;
  /** Deletes what a reset cleared before its time. @throws MeetingError `reset-not-found`. */
  purgeReset(room: string, id: string): Promise<Answer<'reset-purge'>>;
  /** How much a reset would clear now, and what earlier ones cleared that can be put back. */
  previewReset(room: string): Promise<Answer<'reset-preview'>>;
  /** Who may come in, by what; and who may not. */
  accessList(room: string): Promise<Answer<'access-list'>>;
  /** The log backwards, the newest first: `limit` (50) events, older than the position `before`. */
  activity(
    room: string,
    page?: { before?: number | undefined; limit?: number | undefined },
  ): Promise<Answer<'activity'>>;
  /** All of the log as a file, to hand on or to read the body of. */
  exportActivity(room: string, format: 'csv' | 'json'): Promise<Response>;
  /**
   * Events after the position `after`, the oldest first, 500 at most: for whoever missed webhooks.
   * @throws MeetingError `snapshot-needed` when the log no longer goes back that far.
   */
  events(room: string, after?: number): Promise<RoomEvent[]>;
}

export function createRooms(parts: Parts): Rooms {
  const act = async <S extends BackendStem>(
    stem: S,
    room: string,
    given: Input<S>,
  ): Promise<Answer<S>> => {
    const caller = { room: checkName(room), session: undefined, isServer: true };
    const input = checkInput(ROUTES[stem], given) as Input<S>;
    return (BACKEND_HANDLERS[stem] as BackendHandler<S>)(parts, caller, input);
  };
  return {
    async get(name) {
      const { room, ...more } = await act('room-read', name, {});
      return { ...room, ...more };
    },
    endCall: (room) => act('call-end', room, {}),
    removeParticipant: (room, identity, options) =>
      act('participant-remove', room, { ...options, identity }),
    restoreParticipant: (room, identity) => act('participant-restore', room, { identity }),
    setRole: (room, identity, role) => act('role-set', room, { identity, role }),
    admitKnock: (room, identity) => act('knock-admit', room, { identity }),
    denyKnock: (room, identity, options) => act('knock-deny', room, { ...options, identity }),
    setLocked: (room, locked) => act('room-lock', room, { locked }),
    setPresenterMode: (room, on) => act('presenter-mode', room, { on }),
    setLink: (room, access, options) => act('link-set', room, { ...options, access }),
    invite: (room, invitation) => act('invitation-create', room, invitation),
    revokeInvitation: (room, id, options) => act('invitation-revoke', room, { ...options, id }),
    revokePass: (room, identity) => act('pass-revoke', room, { identity }),
    whiteboards: async (room) => (await act('whiteboard-list', room, {})).whiteboards,
    createWhiteboard: async (room, name, { id = newId('w') } = {}) =>
      (await act('whiteboard-create', room, { id, name })).whiteboard,
    renameWhiteboard: async (room, id, name) =>
      (await act('whiteboard-rename', room, { id, name })).whiteboard,
    readWhiteboard: (room, id, after = 0) =>
      act('whiteboard-read', room, { id, after: String(after) }),
    lockWhiteboard: (room, id, locked) => act('whiteboard-lock', room, { id, locked }),
    clearWhiteboard: (room, id) => act('whiteboard-clear', room, { id }),
    deleteWhiteboard: (room, id) => act('whiteboard-delete', room, { id }),
    startRecording: (room, id) => act('recording-start', room, { id, recorder: 'egress' }),
    stopRecording: (room, id) => act('recording-stop', room, { id }),
    recordings: (room) => act('recording-list', room, {}),
    deleteRecording: (room, id) => act('recording-delete', room, { id }),
    resetRoom: (room, resetParts) => act('room-reset', room, { parts: [...resetParts] }),
    restoreReset: (room, id) => act('reset-restore', room, { id }),
    purgeReset: (room, id) => act('reset-purge', room, { id }),
    previewReset: (room) => act('reset-preview', room, {}),
    accessList: (room) => act('access-list', room, {}),
    activity: (room, { before, limit } = {}) =>
      act('activity', room, { before: position(before), limit: position(limit) }),
    exportActivity: (room, format) => act('activity-export', room, { format }),
    async events(room, after = 0) {
      for (let from = after; ;) {
        const { events } = await act('events', room, { after: String(from) });
        const told = events.filter((event) => event.type !== 'withheld');
        const last = events.at(-1);
        if (told.length > 0 || !last) return told;
        // What is private or was cleared may fill a whole page; what comes after it counts.
        from = last.seq;
      }
    },
  };
}

/** A number as the query of a route says it. */
const position = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : String(at);

function checkName(room: string): string {
  if (v.is(RoomName, room)) return room;
  throw new MeetingError('invalid-room-name', 'A room name has 1 to 64 letters, digits, _ and -.');
}
