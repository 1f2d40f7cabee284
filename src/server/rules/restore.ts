import { MeetingError } from '../../protocol/meeting-error.ts';
import { RESTORE_TTL } from '../../protocol/limits.ts';
import type { Change } from './change.ts';
import { type Acting, toActor, toParticipant } from './people.ts';
import { seatIn } from './remove.ts';

/**
 * Undoes a removal: the person is no longer excluded and comes straight in, with the old session or
 * anew. A link that the removal closed stays closed; who else may use it is another decision.
 *
 * @throws MeetingError `participant-not-found` when nobody of this identity was removed.
 */
export async function restoreParticipant(
  change: Change,
  acting: Acting,
  { identity }: { identity: string },
): Promise<{ seq: number }> {
  const { tx, room, now } = change;
  const target = await seatIn(change, identity);
  if (target.state !== 'removed') {
    throw new MeetingError('participant-not-found', 'Nobody of this identity was removed.');
  }
  const stays = await tx
    .updateTable('admissions')
    .set({ state: 'left', over_reason: 'left', pass_until: now + RESTORE_TTL, blocked: false })
    .where('room_id', '=', room.id)
    .where('person', '=', target.person)
    .where('state', '=', 'removed')
    .returning('id')
    .execute();
  await tx
    .deleteFrom('exclusions')
    .where('room_id', '=', room.id)
    .where(({ eb, or }) =>
      or([
        eb('person', '=', target.person),
        eb(
          'admission_id',
          'in',
          stays.map(({ id }) => id),
        ),
      ]),
    )
    .execute();
  change.append({
    type: 'participant-restored',
    participant: toParticipant(target),
    by: toActor(acting),
  });
  return { seq: change.seq };
}
