import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Db, SeatKind, Tx } from '../storage/tables.ts';
import { exitOf, overError, SEAT, type Seated } from './people.ts';

/** A stay with any of its seats: in the call, before its own camera, or looking at a knocker's. */
export interface Seat extends Seated {
  kind: SeatKind;
  looks_at: string | null;
}

/**
 * The seat of an identity, while it is good for a place in its LiveKit room.
 *
 * @throws MeetingError `admission-over` with the exit; `seat-invalid`.
 */
export async function readSeat(db: Db | Tx, identity: string, now: number): Promise<Seat> {
  const seat = await db
    .selectFrom('admissions')
    .innerJoin('seats', 'seats.admission_id', 'admissions.id')
    .selectAll('admissions')
    .select([...SEAT, 'seats.kind', 'seats.looks_at'])
    .where('seats.identity', '=', identity)
    .executeTakeFirst();
  if (!seat) throw new MeetingError('seat-invalid', 'Nobody has this seat.');
  const exit = exitOf(seat, now);
  if (exit) throw overError(exit);
  if (!(await IS_GOOD[seat.kind](db, seat))) {
    throw new MeetingError('seat-invalid', 'This seat is not good for LiveKit now.');
  }
  return seat;
}

/** What a seat needs beside a stay that is not over. */
const IS_GOOD: Record<SeatKind, (db: Db | Tx, seat: Seat) => boolean | Promise<boolean>> = {
  call: (_db, { state }) => state === 'admitted',
  knock: (_db, { state, camera }) => state === 'waiting' && camera,
  look: (db, seat) => seat.state === 'admitted' && seat.role === 'host' && showsItself(db, seat),
};

/** Whether whoever is looked at still waits, and still shows themselves. */
async function showsItself(db: Db | Tx, { looks_at }: Seat): Promise<boolean> {
  const knock = await db
    .selectFrom('admissions')
    .select('id')
    .where('id', '=', looks_at)
    .where('state', '=', 'waiting')
    .where('camera', '=', true)
    .executeTakeFirst();
  return knock !== undefined;
}
