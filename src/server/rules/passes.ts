import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Change } from './change.ts';
import { type Acting, seated, type Seated, toActor, toParticipant } from './people.ts';

/** Stays of a person that they may still come back to, the latest first. */
export function passesOf({ tx, room, now }: Change, person: string): Promise<Seated[]> {
  return seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('person', '=', person)
    .where('state', '=', 'left')
    .where('pass_until', '>', now)
    .orderBy('pass_until', 'desc')
    .execute();
}

/** Nobody comes back any more by having left, or of one person alone. */
export async function voidPasses({ tx, room }: Change, person?: string): Promise<void> {
  await tx
    .updateTable('admissions')
    .set({ pass_until: null })
    .where('room_id', '=', room.id)
    .where('pass_until', 'is not', null)
    .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
    .execute();
}

/**
 * Has somebody who left knock to come back, unless something else lets them in.
 *
 * @throws MeetingError `pass-not-found`, also when it ran out.
 */
export async function revokePass(
  change: Change,
  acting: Acting,
  { identity }: { identity: string },
): Promise<{ seq: number }> {
  const { tx, room, now } = change;
  const stay = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('identity', '=', identity)
    .where('state', '=', 'left')
    .where('pass_until', '>', now)
    .executeTakeFirst();
  if (!stay) throw new MeetingError('pass-not-found', 'Nobody of this identity has a pass.');
  await revokePassesOf(change, acting, stay.person);
  return { seq: change.seq };
}

/** Voids a person's passes, and tells the hosts, if there is any. */
export async function revokePassesOf(
  change: Change,
  acting: Acting,
  person: string,
): Promise<void> {
  const [latest] = await passesOf(change, person);
  if (!latest) return;
  await voidPasses(change, person);
  change.append({
    type: 'pass-revoked',
    participant: toParticipant(latest),
    by: toActor(acting),
  });
}
