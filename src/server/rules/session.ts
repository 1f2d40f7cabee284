import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Exit } from '../../protocol/exit.ts';
import type { Access } from '../../protocol/routes.ts';
import { hash } from '../secrets.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import { demand } from './demand.ts';
import { replacedExit } from './end-stay.ts';
import { decisionOf, readKnock } from './knocks.ts';
import { exitOf, overError, seated, type Seated } from './people.ts';

/**
 * Finds the stay that `session` is the secret of, and checks that it may do what asks for `access`.
 * Inside a change this is checked under the room's lock, so a removal can't fall in between.
 *
 * @throws MeetingError `session-missing`, `session-invalid`, `admission-over` (with the exit),
 *   `still-waiting` (with the knock), `already-decided`, `not-host`.
 */
export async function readSession(
  db: Db | Tx,
  room: Pick<Room, 'id' | 'seq' | 'locked'>,
  session: string | undefined,
  access: Exclude<Access, 'anyone'>,
  now: number,
): Promise<Seated> {
  if (session === undefined) {
    throw new MeetingError('session-missing', 'This needs a session: Authorization: Bearer ….');
  }
  const stay = await findStay(db, room.id, session);
  if (!stay) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  const exit = exitFor(stay, session, room, now);
  if (exit && !(access === 'resumable' && exit.next === 'rejoin')) throw overError(exit);
  if (access === 'waiting') {
    if (stay.state === 'waiting') return stay;
    const decision = decisionOf(stay);
    throw new MeetingError('already-decided', 'A host let them in already.', { decision });
  }
  if (stay.state === 'waiting') throw await waitingError(db, room, stay);
  // The least that is for hosts alone; what more an act needs, its rule demands.
  if (access === 'host' || access === 'host-here') demand('access-list', { by: stay });
  return stay;
}

/** The stay that `session` is or was the secret of, whatever became of it. */
export async function findStay(
  db: Db | Tx,
  roomId: string,
  session: string,
): Promise<Seated | undefined> {
  return seated(db)
    .where('admissions.room_id', '=', roomId)
    .where(({ eb, or }) =>
      or([eb('session_hash', '=', hash(session)), eb('former_session_hash', '=', hash(session))]),
    )
    .executeTakeFirst();
}

/**
 * How a stay ended for the page that has `session`; undefined while it goes on there. A page whose
 * stay went on in another window is out, and the pass is not its.
 */
export function exitFor(
  stay: Seated,
  session: string,
  room: Pick<Room, 'locked'>,
  now: number,
): Exit | undefined {
  const exit = exitOf(stay, now, room);
  if (stay.session_hash === hash(session)) return exit;
  return exit && exit.next !== 'rejoin' ? exit : replacedExit(now);
}

async function waitingError(
  db: Db | Tx,
  { id, seq }: Pick<Room, 'id' | 'seq'>,
  { identity }: Seated,
): Promise<MeetingError> {
  const found = await readKnock(db, { id }, identity);
  return new MeetingError('still-waiting', 'No host has answered the knock yet.', {
    ...(found && { waiting: { seq, knock: found.knock } }),
  });
}
