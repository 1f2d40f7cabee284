import type { Selectable } from 'kysely';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { FOR_HOSTS, type RoomEvent } from '../../protocol/events.ts';
import type { Role } from '../../protocol/participant.ts';
import type { Db, Room, Tables, Tx } from '../storage/tables.ts';

/** At most this many at once; a reader asks again from the last. */
export const LOG_PAGE = 500;

/**
 * The events of a room after `after`, oldest first.
 *
 * @throws MeetingError `snapshot-needed` when some of them are no longer kept.
 */
export async function readLog(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'name' | 'log_floor'>,
  after: number,
): Promise<RoomEvent[]> {
  if (after < room.log_floor) {
    throw new MeetingError('snapshot-needed', 'The log no longer goes back that far.');
  }
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('room_id', '=', room.id)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(LOG_PAGE)
    .execute();
  return rows.map((row) => toEvent(row, room.name));
}

/** A row of the log, as feeds and webhooks tell it. */
export const toEvent = (
  { id, seq, at, type, by, data }: Omit<Selectable<Tables['events']>, 'room_id'>,
  room: string,
): RoomEvent =>
  // The rules wrote it from a `RoomEventDraft`.
  ({ id, seq, at, room, type, ...(by && { by }), ...data }) as RoomEvent;

/** An event as somebody in the call may know it: of what is for hosts, guests learn the number. */
export const withhold = (
  event: RoomEvent,
  role: Role,
): RoomEvent | { type: 'withheld'; seq: number } =>
  role === 'host' || !FOR_HOSTS.has(event.type) ? event : { type: 'withheld', seq: event.seq };
