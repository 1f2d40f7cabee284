import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanLine } from '../../protocol/names.ts';
import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { closeLink } from './close-link.ts';
import { demand, toSubject } from './demand.ts';
import { endStay } from './end-stay.ts';
import { tokenPerson } from './assess.ts';
import { revokeInvitation } from './invitations.ts';
import { invited } from './keys.ts';
import { overKnock } from './knock.ts';
import { closePrivateLink } from './link.ts';
import { type Acting, exitOf, seated, type Seated, toActor, toParticipant } from './people.ts';

/** What a host says when putting somebody out. */
export interface Removal {
  identity: string;
  /** Kept as one clean line. */
  note?: string | undefined;
  /** Knocks are refused, too. */
  block?: boolean | undefined;
}

/**
 * Puts a person out, and keeps them out: every stay of theirs in this room ends, sessions and passes
 * are void, the person is excluded with the browser that they used, and what they could come back by
 * is closed: their key is revoked, the private link they came by and the public one ask to knock.
 *
 * @throws MeetingError `participant-not-found`; `not-yourself`; `participant-out` with the exit when
 *   they were put out already.
 */
export async function removeParticipant(
  change: Change,
  acting: Acting,
  removal: Removal,
): Promise<{ seq: number; locked: boolean }> {
  const target = await seatIn(change, removal.identity);
  if (target.state === 'removed') {
    const exit = exitOf(target, change.now);
    throw new MeetingError('participant-out', 'They were put out already.', exit && { exit });
  }
  demand('participant-remove', { by: toSubject(acting), target });
  const note = (removal.note && cleanLine(removal.note)) || undefined;
  const stays = await staysOf(change, target);
  for (const stay of stays) {
    await putOut(change, acting, stay, { ...removal, note });
  }
  await exclude(change, acting, target, removal);
  const locked = await closeWays(change, acting, stays);
  return { seq: change.seq, locked };
}

/**
 * Takes an invitation back, and puts out whoever came by it and is there.
 *
 * @returns how many stays ended.
 * @throws MeetingError `invitation-not-found`.
 */
export async function revokeAndRemove(
  change: Change,
  acting: Acting,
  { id, remove = false }: { id: string; remove?: boolean | undefined },
): Promise<{ seq: number; removed: number }> {
  await revokeInvitation(change, acting, { id });
  const stays = await seated(change.tx)
    .where('admissions.room_id', '=', change.room.id)
    .where('person', '=', invited(id))
    .where('state', 'in', ['admitted', 'waiting'])
    .execute();
  const [first] = stays;
  // A host who came by it takes the key back and stays.
  const isOwn = acting !== 'server' && acting.stay.person === invited(id);
  if (!first || !remove || isOwn) return { seq: change.seq, removed: 0 };
  await removeParticipant(change, acting, { identity: first.identity });
  return { seq: change.seq, removed: stays.length };
}

/** The stay that `identity` names in this room, over or not. */
export async function seatIn({ tx, room }: Change, identity: string): Promise<Seated> {
  const stay = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('identity', '=', identity)
    .executeTakeFirst();
  if (!stay) {
    throw new MeetingError('participant-not-found', 'Nobody in this room has this identity.');
  }
  return stay;
}

/** All that the person still has or could come back to: a second tab, a stay left a moment ago. */
async function staysOf({ tx, room, now }: Change, target: Seated): Promise<Seated[]> {
  return seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('person', '=', target.person)
    .where(({ eb, or, and }) =>
      or([
        eb('state', 'in', ['admitted', 'waiting']),
        and([eb('state', '=', 'left'), eb('pass_until', '>', now)]),
        eb('admissions.id', '=', target.id),
      ]),
    )
    .execute();
}

async function putOut(
  change: Change,
  acting: Acting,
  before: Seated,
  { note, block = false }: Removal,
): Promise<void> {
  const stay = { ...before, blocked: block };
  await change.tx
    .updateTable('admissions')
    .set({ blocked: block })
    .where('id', '=', stay.id)
    .execute();
  if (stay.state === 'left') return voidPass(change, acting, stay, note);
  const eventId = newId('e');
  if (stay.state === 'waiting') {
    await overKnock(change, stay, { state: 'removed', by: acting, note, eventId });
    return;
  }
  change.append(
    {
      type: 'participant-removed',
      participant: toParticipant(stay),
      by: toActor(acting),
      ...(note !== undefined && { note }),
    },
    eventId,
  );
  await endStay(change, stay, { state: 'removed', reason: 'removed', by: acting, note, eventId });
}

/** They are out already, but could have come back: no longer, and they will read why. */
async function voidPass(
  { tx, now }: Change,
  acting: Acting,
  stay: Seated,
  note: string | undefined,
): Promise<void> {
  await tx
    .updateTable('admissions')
    .set({
      state: 'removed',
      over_at: now,
      over_by: toActor(acting),
      over_reason: 'removed',
      note: note ?? null,
      pass_until: null,
    })
    .where('id', '=', stay.id)
    .execute();
}

async function exclude(
  { tx, room, now }: Change,
  acting: Acting,
  target: Seated,
  { block: blocked = false }: Removal,
): Promise<void> {
  const browsers = await tx
    .selectFrom('admissions')
    .select('visitor')
    .distinct()
    .where('room_id', '=', room.id)
    .where('person', '=', target.person)
    .where('visitor', 'is not', null)
    .execute();
  const people = new Set([
    target.person,
    // What they are once they show neither token nor key.
    ...browsers.flatMap(({ visitor }) => visitor ?? []),
    // A token that names nobody is a link like any other: whoever shows it knocks from now on.
    ...(target.token_hash === null ? [] : [tokenPerson(target.token_hash)]),
  ]);
  // A host who uses the same browser is not kept out with them.
  if (acting !== 'server') people.delete(acting.stay.person);
  for (const person of people) {
    await tx
      .insertInto('exclusions')
      .values({ room_id: room.id, person, admission_id: target.id, at: now, blocked })
      .onConflict((conflict) =>
        conflict
          .columns(['room_id', 'person'])
          .doUpdateSet({ admission_id: target.id, at: now, blocked }),
      )
      .execute();
  }
}

/**
 * Closes what they came by. An open public link is a way back for anybody, under another name in a
 * private window.
 *
 * @returns whether the public link was open.
 */
async function closeWays(
  change: Change,
  acting: Acting,
  stays: readonly Seated[],
): Promise<boolean> {
  for (const id of new Set(stays.flatMap(({ invitation_id }) => invitation_id ?? []))) {
    await revokeInvitation(change, acting, { id, cause: 'removal' });
  }
  if (stays.some(({ way }) => way === 'link')) await closePrivateLink(change, acting);
  return closeLink(change, acting, 'removal');
}
