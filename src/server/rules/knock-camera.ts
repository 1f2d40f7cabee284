import { newIdentity } from '../secrets.ts';
import type { Db, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { toWaiting } from './knocks.ts';
import type { Seated } from './people.ts';
import { readSeat, type Seat } from './seats.ts';

/** LiveKit's name of the room that one knocker's camera has for itself. */
export const knockRoomOf = (admission: string): string => `k_${admission.slice(2)}`;

/** The admission whose camera a LiveKit room is for; undefined when it is none of these rooms. */
export function knockerOf(sfuRoom: string): string | undefined {
  const id = /^k_([A-Za-z0-9_-]{22})$/.exec(sfuRoom)?.[1];
  return id === undefined ? undefined : `a_${id}`;
}

/**
 * Shows a knocker to the hosts, or no longer. They get a LiveKit room of their own, in which nobody
 * is whom they could see; on and off again it is the same room, but another seat.
 *
 * @returns the seat for the camera while it is on.
 */
export async function setKnockCamera(
  change: Change,
  stay: Seated,
  { on }: { on: boolean },
): Promise<{ seq: number; seat: Seat | undefined }> {
  if (stay.camera !== on) {
    await (on ? openCamera(change, stay) : closeCamera(change, stay));
    const { knock } = await toWaiting(change, stay.identity);
    change.append({ type: 'knock-received', knock });
  }
  return { seq: change.seq, seat: on ? await cameraSeat(change, stay) : undefined };
}

async function openCamera({ tx, room }: Change, stay: Seated): Promise<void> {
  await tx
    .updateTable('admissions')
    .set({ camera: true, camera_off_at: null })
    .where('id', '=', stay.id)
    .execute();
  await tx
    .insertInto('seats')
    .values({
      identity: newIdentity(),
      admission_id: stay.id,
      room_id: room.id,
      kind: 'knock',
      sfu_room: knockRoomOf(stay.id),
    })
    .execute();
}

/**
 * Nobody shows themselves or looks any more, for the knock is over, or the camera was turned off:
 * the seats are gone, their sockets are told to go, and LiveKit is to delete the room.
 */
export async function closeCamera(change: Change, stay: Seated): Promise<void> {
  if (!stay.camera) return;
  const { tx, now } = change;
  await tx
    .updateTable('admissions')
    .set({ camera: false, camera_off_at: now })
    .where('id', '=', stay.id)
    .execute();
  const seats = await tx
    .deleteFrom('seats')
    .where(({ eb, or, and }) =>
      or([
        and([eb('admission_id', '=', stay.id), eb('kind', '=', 'knock')]),
        eb('looks_at', '=', stay.id),
      ]),
    )
    .returning('identity')
    .execute();
  for (const { identity } of seats) change.tell({ kind: 'seat-out', identity });
  change.effect({ kind: 'sfu.close-knock', payload: { sfuRoom: knockRoomOf(stay.id) } });
  change.check(now);
}

async function cameraSeat({ tx, now }: Change, stay: Seated): Promise<Seat> {
  const { identity } = await tx
    .selectFrom('seats')
    .select('identity')
    .where('admission_id', '=', stay.id)
    .where('kind', '=', 'knock')
    .executeTakeFirstOrThrow();
  return readSeat(tx, identity, now);
}

/** The identities that are good for a place in a knocker's room, the hosts who look among them. */
export async function readKnockSeats(db: Db | Tx, sfuRoom: string): Promise<ReadonlySet<string>> {
  const id = knockerOf(sfuRoom);
  if (id === undefined) return new Set();
  const seats = await db
    .selectFrom('seats')
    .select('identity')
    .where(({ eb, or, and }) =>
      or([and([eb('admission_id', '=', id), eb('kind', '=', 'knock')]), eb('looks_at', '=', id)]),
    )
    .execute();
  return new Set(seats.map(({ identity }) => identity));
}
