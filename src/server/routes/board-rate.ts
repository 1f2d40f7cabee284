import { BOARD_PIECE_BYTES } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Seated } from '../rules/people.ts';
import type { Parts } from './context.ts';

/**
 * Counts one act of somebody on the whiteboards, and what it brings.
 *
 * @throws MeetingError `rate-limited` when they draw too much at once.
 */
export function takeBoardRate(
  { boardRate, boardByteRate }: Parts,
  { room_id: room, person }: Pick<Seated, 'room_id' | 'person'>,
  bytes = 0,
): void {
  const key = `${room} ${person}`;
  const retryAfter = boardByteRate.check(key) ?? boardRate.take(key);
  if (retryAfter === undefined) {
    for (let at = 0; at < bytes; at += BOARD_PIECE_BYTES) boardByteRate.take(key);
    return;
  }
  throw new MeetingError('rate-limited', 'Too much is drawn at once.', { retryAfter });
}
