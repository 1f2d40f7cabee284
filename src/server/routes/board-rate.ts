import { BOARD_PIECE_BYTES } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Acting, Seated } from '../rules/people.ts';
import type { Parts } from './context.ts';

/**
 * Lets somebody make or rename a whiteboard, and counts it once that is done. The integrator's code
 * is not counted.
 *
 * @throws MeetingError `rate-limited`, and what `make` throws.
 */
export async function atBoardMakingRate<T>(
  { boardMakingRate }: Parts,
  acting: Acting,
  make: () => Promise<T>,
): Promise<T> {
  if (acting === 'server') return make();
  const key = `${acting.stay.room_id} ${acting.stay.person}`;
  const retryAfter = boardMakingRate.check(key);
  if (retryAfter !== undefined) {
    throw new MeetingError('rate-limited', 'Too many whiteboards at once.', { retryAfter });
  }
  const made = await make();
  boardMakingRate.take(key);
  return made;
}

/**
 * Counts something that somebody drew, and what it brings.
 *
 * @throws MeetingError `rate-limited` when they draw too much at once.
 */
export function takeBoardRate(
  { boardRate, boardByteRate }: Parts,
  { room_id: room, person }: Pick<Seated, 'room_id' | 'person'>,
  bytes: number,
): void {
  const key = `${room} ${person}`;
  const retryAfter = boardByteRate.check(key) ?? boardRate.take(key);
  if (retryAfter === undefined) {
    for (let at = 0; at < bytes; at += BOARD_PIECE_BYTES) boardByteRate.take(key);
    return;
  }
  throw new MeetingError('rate-limited', 'Too much is drawn at once.', { retryAfter });
}
