import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Seated } from '../rules/people.ts';
import type { Parts } from './context.ts';

/**
 * Counts one act of somebody in the chat.
 *
 * @throws MeetingError `rate-limited` when they write too much at once, or all of the room do.
 */
export function takeMessageRate(
  { messageRate, roomMessageRate }: Parts,
  { room_id: room, person }: Pick<Seated, 'room_id' | 'person'>,
): void {
  const retryAfter = messageRate.take(`${room} ${person}`) ?? roomMessageRate.take(room);
  if (retryAfter === undefined) return;
  throw new MeetingError('rate-limited', 'Too many messages at once.', { retryAfter });
}
