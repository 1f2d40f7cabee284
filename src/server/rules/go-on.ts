import { MAX_STAYS } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { AccessLevel } from '../../protocol/participant.ts';
import type { Input } from '../../protocol/routes.ts';
import { hash, newSession } from '../secrets.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import type { Comer } from './assess.ts';
import type { Change } from './change.ts';
import { replacedExit } from './end-stay.ts';
import { endLooks } from './knock-look.ts';
import { endRecordingIn } from './recording-ends.ts';
import { seated, type Seated } from './people.ts';
import { giveRole } from './roles.ts';

/** What somebody wants who is in the call already. */
export type Again = Input<'call-enter'>['again'];

/** Whether the person is in the call now, in another window or browser. */
export async function isHere(
  db: Db | Tx,
  { id }: Pick<Room, 'id'>,
  { person }: Pick<Comer, 'person'>,
): Promise<boolean> {
  const stays = await staysOf(db, id, person);
  return stays.some(({ present }) => present);
}

/**
 * Goes on with a stay that the person has already: one that dropped, without asking; one that is in
 * the call, when they say so. The page that had it is told that it was replaced, and its session is
 * dead; the others see nobody leave or join.
 *
 * @returns undefined when they need a stay of their own.
 * @throws MeetingError `already-here` when they must say what they want; `too-many-stays`.
 */
export async function goOn(
  change: Change,
  comer: Comer,
  { level, again }: { level: AccessLevel; again: Again },
): Promise<{ stay: Seated; session: string } | undefined> {
  const stays = await staysOf(change.tx, change.room.id, comer.person);
  const stay = choose(stays, again);
  if (!stay) return undefined;
  const taken = await take(change, stay, comer);
  if (level !== 'host' || stay.role === 'host') return taken;
  // What they come by now leads further than what they came by before.
  await giveRole(change, [taken.stay], 'host', { stay });
  return { ...taken, stay: { ...taken.stay, role: 'host', access: 'host' } };
}

function choose(stays: readonly Seated[], again: Again): Seated | undefined {
  const here = stays.find(({ present }) => present);
  const idle = stays.find(({ present }) => !present);
  if (!here) return idle;
  if (again === undefined) {
    throw new MeetingError('already-here', 'This person is in the call in another window.');
  }
  if (again === 'take-over') return here;
  if (!idle && stays.length >= MAX_STAYS) {
    throw new MeetingError('too-many-stays', `One person is in at most ${MAX_STAYS} times.`);
  }
  return idle;
}

/** The newest first. */
function staysOf(db: Db | Tx, roomId: string, person: string): Promise<Seated[]> {
  return seated(db)
    .where('admissions.room_id', '=', roomId)
    .where('person', '=', person)
    .where('state', '=', 'admitted')
    .orderBy('joined_at', (order) => order.desc().nullsLast())
    .orderBy('entered_at', 'desc')
    .execute();
}

async function take(
  change: Change,
  stay: Seated,
  comer: Comer,
): Promise<{ stay: Seated; session: string }> {
  const { tx, now } = change;
  const session = newSession();
  const next = {
    generation: stay.generation + 1,
    session_hash: hash(session),
    former_session_hash: stay.session_hash,
    visitor: comer.visitor,
    // Who shows nothing now still holds what they came by.
    ...(comer.way !== 'public' && {
      way: comer.way,
      token_hash: comer.tokenHash ?? null,
      invitation_id: comer.invitation ?? null,
    }),
    // The others have not seen them yet, or not since they dropped.
    ...(!stay.present && { name: comer.name, gone_at: now }),
  };
  await tx.updateTable('admissions').set(next).where('id', '=', stay.id).execute();
  change.tellOut({ id: stay.id, generation: next.generation }, stay.identity, replacedExit(now));
  await endLooks(change, stay);
  await endRecordingIn(change, stay);
  return { stay: { ...stay, ...next }, session };
}
