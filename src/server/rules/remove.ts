import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanLine } from '../../protocol/names.ts';
import { newId } from '../secrets.ts';
import type { Change } from './change.ts';
import { endStay } from './end-stay.ts';
import { tokenPerson } from './assess.ts';
import { overKnock } from './knock.ts';
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
 * are void, the person is excluded, and the link they could come back by asks people to knock.
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
  if (acting !== 'server' && acting.stay.person === target.person) {
    throw new MeetingError('not-yourself', 'To go oneself, leave.');
  }
  const note = (removal.note && cleanLine(removal.note)) || undefined;
  for (const stay of await staysOf(change, target)) {
    await putOut(change, acting, stay, { ...removal, note });
  }
  await exclude(change, target, removal);
  return { seq: change.seq, locked: await closeLink(change, acting) };
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
  target: Seated,
  { block: blocked = false }: Removal,
): Promise<void> {
  const people = [target.person];
  // A token that names nobody is a link like any other: whoever shows it knocks from now on.
  if (target.token_hash !== null) people.push(tokenPerson(target.token_hash));
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

/** An open public link is a way back for anybody, under another name in a private window. */
async function closeLink(change: Change, acting: Acting): Promise<boolean> {
  const { tx, room } = change;
  if (room.locked) return false;
  await tx.updateTable('rooms').set({ locked: true }).where('id', '=', room.id).execute();
  change.append({ type: 'room-locked', cause: 'removal', by: toActor(acting) });
  return true;
}
