import type { Participant } from '../../../protocol/participant.ts';
import type { ResetPart } from '../../../protocol/reset.ts';
import { newId } from '../../secrets.ts';
import type { ResetProgress } from '../../storage/reset-tables.ts';
import type { Change } from '../change.ts';
import { demand, toSubject } from '../demand.ts';
import { emptyRoom } from '../empty-room.ts';
import { type Acting, seated, type Seated, toActor, toParticipant } from '../people.ts';
import { endRunning } from '../recording-ends.ts';
import { ALL_PARTS, PARTS } from './parts.ts';

/** A reset of a room has a row of its own until it is done. */
export interface Begun {
  seq: number;
  id: string;
  roomId: string;
  /** Who came by an invitation that is gone now, and is still in the call. */
  here: Participant[];
}

/** How long nobody else goes on with a reset that a process works on, ms. */
export const RESET_LEASE = 2_000;

/**
 * Begins to clear parts of a room. All that decides who may come in is done here, at once: with
 * `activity` everybody is out (`keepMe`: everybody else) and nobody is kept out any more; with
 * `access`, and so with `activity`, keys open nothing. The other parts follow one by one.
 */
export async function beginReset(
  change: Change,
  acting: Acting,
  { parts, keepMe = false }: { parts: readonly ResetPart[]; keepMe?: boolean | undefined },
): Promise<Begun> {
  demand('room-reset', { by: toSubject(acting) });
  const { tx, room, now } = change;
  const isFull = parts.includes('activity');
  const wanted = ALL_PARTS.filter((part) => isFull || parts.includes(part));
  const kept = isFull && keepMe && acting !== 'server' ? acting.stay : undefined;
  const holders = wanted.includes('access') && !isFull ? await readHolders(change, acting) : [];
  if (wanted.includes('recordings')) {
    await endRunning(change, 'reset', { by: toActor(acting) });
  }
  const people = isFull ? await putOut(change, acting, kept) : 0;
  const progress: ResetProgress = {};
  for (const part of wanted) progress[part] = null;
  const began = { at: now, before: room.seq, seq: change.seq };
  if (wanted.includes('access')) {
    progress.access = await PARTS.access.clear(change, began, undefined);
    tellProgress(change, 'access', progress.access);
  }
  const id = newId('z');
  await tx
    .insertInto('resets')
    .values({
      id,
      room_id: room.id,
      ...began,
      by: toActor(acting),
      progress,
      people,
      kept_host: kept !== undefined,
      lease_until: now + RESET_LEASE,
    })
    .execute();
  return { seq: change.seq, id, roomId: room.id, here: holders };
}

/** Hosts who stay see how far it has come. */
export function tellProgress(change: Change, part: ResetPart, count: number): void {
  change.tell({ kind: 'reset-progress', room: change.room.id, part, count });
}

/** Everybody is out by this reset, also who was out before it: it is what their pages tell now. */
async function putOut(change: Change, acting: Acting, kept: Seated | undefined): Promise<number> {
  const { tx, room, now } = change;
  const people = await emptyRoom(change, acting, { kept, state: 'reset', eventId: newId('e') });
  await tx
    .updateTable('admissions')
    .set({
      state: 'reset',
      over_reason: 'reset',
      over_at: now,
      over_by: toActor(acting),
      note: null,
      pass_until: null,
      blocked: false,
    })
    .where('room_id', '=', room.id)
    .where('state', 'not in', ['admitted', 'waiting'])
    .execute();
  await tx.deleteFrom('exclusions').where('room_id', '=', room.id).execute();
  await tx
    .updateTable('rooms')
    .set({ link_access: 'off', link_hash: null, link_at: null, link_used_at: null })
    .where('id', '=', room.id)
    .execute();
  return people;
}

async function readHolders({ tx, room }: Change, acting: Acting): Promise<Participant[]> {
  const holders = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('invitation_id', 'is not', null)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .orderBy('joined_at')
    .execute();
  const self = acting === 'server' ? undefined : acting.stay.person;
  return holders.filter(({ person }) => person !== self).map(toParticipant);
}
