import * as v from 'valibot';
import { MeetingError } from '../protocol/meeting-error.ts';
import { RoomName } from '../protocol/names.ts';
import type { RosterEntry } from '../protocol/participant.ts';
import type { ResetPart } from '../protocol/reset.ts';
import type { Answer } from '../protocol/routes.ts';
import type { RoomInfo } from '../protocol/snapshot.ts';
import { isSettled, type Parts } from './routes/context.ts';
import { finishReset } from './routes/room-reset.ts';
import type { Change } from './rules/change.ts';
import { findRoom } from './rules/change.ts';
import { endCall } from './rules/end-call.ts';
import { admitKnock, denyKnock } from './rules/knock.ts';
import { lockRoom } from './rules/lock.ts';
import { readRoster } from './rules/people.ts';
import { removeParticipant } from './rules/remove.ts';
import { beginReset } from './rules/reset/begin.ts';
import { restoreParticipant } from './rules/restore.ts';

/** The rules for code on the integrator's server; everybody sees the actor `{ kind: 'server' }`. */
export interface Rooms {
  /** Who is in a room now, and how it stands. One that nobody was ever let into is locked and empty. */
  get(room: string): Promise<RoomInfo & { roster: RosterEntry[] }>;
  /** @throws MeetingError `participant-not-found`, `participant-out`. */
  removeParticipant(
    room: string,
    identity: string,
    options?: { note?: string; block?: boolean },
  ): Promise<Answer<'participant-remove'>>;
  /** @throws MeetingError `participant-not-found`. */
  restoreParticipant(room: string, identity: string): Promise<Answer<'participant-restore'>>;
  /** @throws MeetingError `knock-not-found`, `already-decided`. */
  admitKnock(room: string, identity: string): Promise<Answer<'knock-admit'>>;
  /** @throws MeetingError `knock-not-found`, `already-decided`. */
  denyKnock(
    room: string,
    identity: string,
    options?: { note?: string },
  ): Promise<Answer<'knock-deny'>>;
  /** Ends the call for everybody in it. */
  endCall(room: string): Promise<Answer<'call-end'>>;
  /** Makes the room when it does not exist yet. */
  setLocked(room: string, locked: boolean): Promise<Answer<'room-lock'>>;
  /** Clears parts of what the room keeps; with `activity` all of it, and everybody is out. */
  resetRoom(room: string, parts: readonly ResetPart[]): Promise<Answer<'room-reset'>>;
}

export function createRooms(parts: Parts): Rooms {
  const { ports, commits } = parts;
  const change = <T>(room: string, rule: (change: Change) => Promise<T>) =>
    commits.change({ name: checkName(room) }, rule, { create: true });
  return {
    async get(name) {
      const room = await findRoom(ports, checkName(name));
      if (!room) return { name: name.toLowerCase(), locked: true, roster: [] };
      const roster = await readRoster(ports.storage.db, room.id);
      return { name: room.name, locked: room.locked, roster };
    },
    async removeParticipant(room, identity, options = {}) {
      const { result, settled } = await change(room, (it) =>
        removeParticipant(it, 'server', { identity, ...options }),
      );
      return { ...result, settled: await isSettled(settled) };
    },
    async restoreParticipant(room, identity) {
      const { result } = await change(room, (it) => restoreParticipant(it, 'server', { identity }));
      return result;
    },
    async admitKnock(room, identity) {
      const { result } = await change(room, (it) => admitKnock(it, 'server', { identity }));
      return result;
    },
    async denyKnock(room, identity, { note } = {}) {
      const { result } = await change(room, (it) => denyKnock(it, 'server', { identity, note }));
      return result;
    },
    async endCall(room) {
      const { result, settled } = await change(room, (it) => endCall(it, 'server', {}));
      return { ...result, settled: await isSettled(settled) };
    },
    async setLocked(room, locked) {
      const { result } = await change(room, (it) => lockRoom(it, 'server', { locked }));
      return result;
    },
    async resetRoom(room, resetParts) {
      const begun = await change(room, (it) => beginReset(it, 'server', { parts: resetParts }));
      return finishReset(parts, begun);
    },
  };
}

function checkName(room: string): string {
  if (v.is(RoomName, room)) return room;
  throw new MeetingError('invalid-room-name', 'A room name has 1 to 64 letters, digits, _ and -.');
}
