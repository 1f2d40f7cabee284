import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Access } from '../../protocol/routes.ts';
import { hash } from '../secrets.ts';
import type { Db, Tx } from '../storage/tables.ts';
import { exitOf, overError, seated, type Seated } from './people.ts';

/**
 * Finds the stay that `session` is the secret of, and checks that it may do what asks for `access`.
 * Inside a change this is checked under the room's lock, so a removal can't fall in between.
 *
 * @throws MeetingError `session-missing`, `session-invalid`, `admission-over` (with the exit),
 *   `not-host`.
 */
export async function readSession(
  db: Db | Tx,
  roomId: string,
  session: string | undefined,
  access: Exclude<Access, 'anyone'>,
  now: number,
): Promise<Seated> {
  if (session === undefined) {
    throw new MeetingError('session-missing', 'This needs a session: Authorization: Bearer ….');
  }
  const stay = await seated(db)
    .where('admissions.room_id', '=', roomId)
    .where('session_hash', '=', hash(session))
    .executeTakeFirst();
  if (!stay) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  const exit = exitOf(stay, now);
  if (exit && !(access === 'resumable' && exit.next === 'rejoin')) throw overError(exit);
  if (access === 'host' && stay.role !== 'host') {
    throw new MeetingError('not-host', 'Only a host may do this.');
  }
  return stay;
}
