import type { Insertable, Selectable } from 'kysely';
import { MeetingError } from '../../protocol/meeting-error.ts';
import {
  FOR_HOSTS,
  isOfMessage,
  isPrivate,
  OF_MESSAGES,
  type RoomEvent,
} from '../../protocol/events.ts';
import type { FeedMessage } from '../../protocol/feed.ts';
import type { Message } from '../../protocol/message.ts';
import type { Role } from '../../protocol/participant.ts';
import type { Db, Room, Tables, Tx } from '../storage/tables.ts';
import { findMessages } from './messages.ts';

/** At most this many at once; a reader asks again from the last. */
export const LOG_PAGE = 500;

/** A place in the log: an event, or the number of one that is not told. */
export type Told = RoomEvent | Extract<FeedMessage, { type: 'withheld' }>;

/** Who reads the log: somebody in the call, or as a host code that is nobody in particular. */
export interface Reader {
  readonly role: Role;
  readonly person: string | undefined;
}

type EventRow = Omit<Selectable<Tables['events']>, 'room_id'>;

/**
 * The events of a room after `after`, oldest first. What messages say is as it is now: nothing that
 * was deleted comes out of the log.
 *
 * @throws MeetingError `snapshot-needed` when some of them are no longer kept.
 */
export async function readLog(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'name' | 'log_floor'>,
  after: number,
): Promise<Told[]> {
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
  const ids = rows.filter(isMessageRow).flatMap(({ data }) => messageIdOf(data) ?? []);
  const messages = await findMessages(db, room, ids);
  return rows.map((row) => (isMessageRow(row) ? tell(row, room, messages) : toEvent(row, room)));
}

/** A row of the log, as feeds and webhooks tell it. */
export const toEvent = (
  { id, seq, at, type, by, data }: EventRow,
  { name }: Pick<Room, 'name'>,
): RoomEvent =>
  // The rules wrote it from a `RoomEventDraft`.
  ({ id, seq, at, room: name, type, ...(by && { by }), ...data }) as RoomEvent;

/** What the log keeps of an event: of a message its id, for it may be edited, deleted and purged. */
export function toRow(event: RoomEvent, roomId: string): Insertable<Tables['events']> {
  const { id, seq, at, room: _, type, by, ...data } = event;
  const kept = isOfMessage(event) ? { message: event.message.id } : data;
  return { room_id: roomId, id, seq, at, type, by: by ?? null, data: kept };
}

/** An event as `reader` may know it; of what is not for them they learn the number. */
export const withhold = (told: Told, { role, person }: Reader): Told =>
  told.type === 'withheld' || isFor(told, role, person)
    ? told
    : { type: 'withheld', seq: told.seq };

function isFor(event: RoomEvent, role: Role, person: string | undefined): boolean {
  if (isOfMessage(event) && isPrivate(event)) {
    const { by, to } = event.message;
    return person !== undefined && (by.person === person || to?.person === person);
  }
  return role === 'host' || !FOR_HOSTS.has(event.type);
}

const isMessageRow = ({ type }: EventRow): boolean => OF_MESSAGES.some((each) => each === type);

/** None once the chat was purged. */
const messageIdOf = ({ message }: EventRow['data']): string | undefined =>
  typeof message === 'string' ? message : undefined;

function tell(
  row: EventRow,
  room: Pick<Room, 'name'>,
  messages: ReadonlyMap<string, Message>,
): Told {
  const message = messages.get(messageIdOf(row.data) ?? '');
  if (!message) return { type: 'withheld', seq: row.seq };
  return toEvent({ ...row, data: { message } }, room);
}
