import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Role } from '../../protocol/participant.ts';
import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { demand, toSubject } from './demand.ts';
import { endLooks } from './knock-look.ts';
import { clearHostless, wentAway } from './last-host.ts';
import { endRecordingOf } from './recording-ends.ts';
import { permit } from './presenter-mode.ts';
import { type Acting, exitOf, seated, type Seated, toActor, toParticipant } from './people.ts';

/**
 * Makes somebody a host, or a guest again, in every window of theirs. Who comes back keeps what they
 * are; what they came by counts again only when they enter anew.
 *
 * @throws MeetingError `participant-not-found`; `participant-out` with the exit; `last-host`.
 */
export async function setRole(
  change: Change,
  acting: Acting,
  { identity, role }: { identity: string; role: Role },
): Promise<{ seq: number }> {
  const target = await findAdmitted(change, identity);
  demand('role-set', {
    by: toSubject(acting),
    target,
    role,
    hosts: await countHosts(change),
  });
  const stays = await seated(change.tx)
    .where('admissions.room_id', '=', change.room.id)
    .where('person', '=', target.person)
    .where('state', '=', 'admitted')
    .where('role', '!=', role)
    .execute();
  await giveRole(change, stays, role, acting);
  return { seq: change.seq };
}

/** Changes what stays of one person may do, and what comes back to them by a pass. */
export async function giveRole(
  change: Change,
  stays: readonly Seated[],
  role: Role,
  acting: Acting,
): Promise<void> {
  const { tx, room } = change;
  const [first] = stays;
  if (!first) return;
  await tx
    .updateTable('admissions')
    .set({ role, access: role === 'host' ? 'host' : 'always' })
    .where('room_id', '=', room.id)
    .where('person', '=', first.person)
    .where(({ eb, or }) => or([eb('state', '=', 'admitted'), eb('pass_until', 'is not', null)]))
    .execute();
  const eventId = newId('e');
  for (const stay of stays) {
    change.tell({ kind: 'role', room: room.id, admission: stay.id, role });
    const participant = toParticipant({ ...stay, role });
    change.append({ type: 'role-changed', participant, by: toActor(acting) }, eventId);
    if (role === 'host') continue;
    await endLooks(change, stay);
    await endRecordingOf(change, [stay.id], 'stopped', { by: toActor(acting), eventId });
  }
  if (!stays.some(({ present }) => present)) return;
  if (room.presenter_mode) permit(change);
  await (role === 'host' ? clearHostless(change) : wentAway(change, { role: 'host' }));
}

async function findAdmitted({ tx, room, now }: Change, identity: string): Promise<Seated> {
  const stay = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('identity', '=', identity)
    .executeTakeFirst();
  if (!stay || stay.state === 'waiting') {
    throw new MeetingError('participant-not-found', 'Nobody of this identity is in this room.');
  }
  const exit = exitOf(stay, now, room);
  if (exit) throw new MeetingError('participant-out', 'They are out.', { exit });
  return stay;
}

/** People, not stays: a host's second window is no other host. */
async function countHosts({ tx, room }: Change): Promise<number> {
  const hosts = await tx
    .selectFrom('admissions')
    .select('person')
    .distinct()
    .where('room_id', '=', room.id)
    .where('state', '=', 'admitted')
    .where('role', '=', 'host')
    .execute();
  return hosts.length;
}
