import type { Knock, KnockDecision, Waiting } from '../../protocol/knock.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { seated, type Seated } from './people.ts';

/** Knocks of a room with what hosts see of them, the longest waiting first. */
const waiting = (db: Db | Tx, roomId: string) =>
  seated(db)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('admissions as earlier')
            .select('earlier.id')
            .whereRef('earlier.room_id', '=', 'admissions.room_id')
            .where('earlier.state', '=', 'removed')
            .where((row) =>
              row.or([
                row('earlier.person', '=', row.ref('admissions.person')),
                row('earlier.visitor', '=', row.ref('admissions.visitor')),
              ]),
            ),
        )
        .as('removed_before'),
    )
    .where('admissions.room_id', '=', roomId)
    .orderBy('entered_at');

type KnockRow = Seated & { removed_before: unknown };

const toKnock = (row: KnockRow): Knock => ({
  identity: row.identity,
  name: row.name,
  person: row.person,
  ...(row.message !== null && { message: row.message }),
  at: row.entered_at,
  expiresAt: row.expires_at ?? row.entered_at,
  // A shared link says no more of somebody than the public one.
  vouched: row.way !== 'public' && row.way !== 'link',
  removedBefore: Boolean(row.removed_before),
  present: row.present,
  camera: row.camera,
});

/** Who waits at a room. */
export async function readKnocks(db: Db | Tx, roomId: string): Promise<Knock[]> {
  const rows = await waiting(db, roomId).where('state', '=', 'waiting').execute();
  return rows.map(toKnock);
}

/** One knock of a room, answered or not. */
export async function readKnock(
  db: Db | Tx,
  { id }: Pick<Room, 'id'>,
  identity: string,
): Promise<{ stay: Seated; knock: Knock } | undefined> {
  const stay = await waiting(db, id)
    .where('identity', '=', identity)
    .where('expires_at', 'is not', null)
    .executeTakeFirst();
  return stay && { stay, knock: toKnock(stay) };
}

/** What one's own page shows of a knock that waits. */
export async function toWaiting(
  { tx, room, seq }: Pick<Change, 'tx' | 'room' | 'seq'>,
  identity: string,
): Promise<Waiting> {
  const found = await readKnock(tx, room, identity);
  if (!found) throw new Error('A stay that waits has no knock.');
  return { seq, knock: found.knock };
}

/**
 * A knock that a host may answer.
 *
 * @throws MeetingError `knock-not-found`; `already-decided` with what became of it.
 */
export async function findWaiting(change: Change, identity: string) {
  const found = await readKnock(change.tx, change.room, identity);
  if (!found) throw new MeetingError('knock-not-found', 'Nobody of this identity has knocked.');
  if (found.stay.state === 'waiting') return found;
  const decision = decisionOf(found.stay);
  throw new MeetingError('already-decided', `The knock was answered: ${decision.state}.`, {
    decision,
  });
}

/** What became of a knock that no longer waits. */
export function decisionOf({ state, over_by }: Seated): KnockDecision {
  const known = state === 'denied' || state === 'withdrawn' || state === 'expired';
  const by = over_by && { by: over_by };
  if (known) return { state, ...by };
  return { state: state === 'admitted' ? 'admitted' : 'over', ...by };
}
