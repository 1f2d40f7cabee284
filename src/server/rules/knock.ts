import {
  KNOCK_AGAIN_AFTER,
  KNOCK_AWAY_AFTER,
  KNOCK_TTL,
  DROP_AFTER,
  MAX_KNOCKS,
} from '../../protocol/limits.ts';
import type { Waiting } from '../../protocol/knock.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanLine } from '../../protocol/names.ts';
import { hash, newSession } from '../secrets.ts';
import { assess, type Comer } from './assess.ts';
import { beginStay, sfuRoomOf } from './begin-stay.ts';
import type { Change } from './change.ts';
import { countUse, noteEntry } from './keys.ts';
import { closeCamera } from './knock-camera.ts';
import { findWaiting, readKnocks, toWaiting } from './knocks.ts';
import { replacedExit } from './end-stay.ts';
import { type Acting, exitOf, seated, type Seated, toActor } from './people.ts';

/**
 * Asks the hosts to let somebody in. A person knocks once at a time: from a second page, or with
 * other words, it is the same knock, and the page before hears that it was replaced.
 *
 * @throws MeetingError `knock-not-needed`; `knock-refused` for somebody who is kept out for good;
 *   `rate-limited` soon after a host declined, or when too many wait.
 */
export async function knock(
  change: Change,
  comer: Comer,
  message: string | undefined,
): Promise<Waiting & { session: string }> {
  const { tx, room, now } = change;
  const { level, isBlocked } = await assess(tx, room, comer, now);
  if (isBlocked) throw new MeetingError('knock-refused', 'This person may not knock here.');
  if (level !== 'knock') throw new MeetingError('knock-not-needed', 'They may go straight in.');
  await countUse(change, comer);
  await checkPatience(change, comer);
  const { stay, session } =
    (await knockAgain(change, comer, message)) ??
    (await beginStay(change, comer, { state: 'waiting', message, expiresAt: now + KNOCK_TTL }));
  const waiting = await toWaiting(change, stay.identity);
  change.append({ type: 'knock-received', knock: waiting.knock });
  change.check(now + KNOCK_AWAY_AFTER);
  return { ...waiting, seq: change.seq, session };
}

async function checkPatience({ tx, room, now }: Change, { person }: Comer): Promise<void> {
  const denied = await tx
    .selectFrom('admissions')
    .select('over_at')
    .where('room_id', '=', room.id)
    .where('person', '=', person)
    .where('state', '=', 'denied')
    .where('over_at', '>', now - KNOCK_AGAIN_AFTER)
    .orderBy('over_at', 'desc')
    .executeTakeFirst();
  if (denied?.over_at) {
    const retryAfter = Math.ceil((denied.over_at + KNOCK_AGAIN_AFTER - now) / 1_000);
    throw new MeetingError('rate-limited', 'A host has just declined.', { retryAfter });
  }
  if ((await readKnocks(tx, room.id)).length >= MAX_KNOCKS) {
    throw new MeetingError('rate-limited', 'Too many people wait here.', { retryAfter: 60 });
  }
}

async function knockAgain(
  change: Change,
  comer: Comer,
  message: string | undefined,
): Promise<{ stay: Seated; session: string } | undefined> {
  const { tx, room } = change;
  const stay = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('person', '=', comer.person)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (!stay) return undefined;
  const session = newSession();
  const generation = stay.generation + 1;
  // The page that knocks now decides anew whether it shows itself.
  await closeCamera(change, stay);
  await tx
    .updateTable('admissions')
    .set({
      generation,
      name: comer.name,
      visitor: comer.visitor,
      session_hash: hash(session),
      former_session_hash: stay.session_hash,
      message: message ?? null,
      present: true,
      gone_at: change.now,
    })
    .where('id', '=', stay.id)
    .execute();
  change.tellOut({ id: stay.id, generation }, stay.identity, replacedExit(change.now));
  return { stay: { ...stay, generation }, session };
}

/**
 * A host says yes. Whoever was put out before is let back in by this.
 *
 * @throws MeetingError `knock-not-found`; `already-decided` with what became of it.
 */
export async function admitKnock(
  change: Change,
  acting: Acting,
  { identity }: { identity: string },
): Promise<{ seq: number }> {
  const { stay } = await findWaiting(change, identity);
  await change.tx
    .deleteFrom('exclusions')
    .where('room_id', '=', change.room.id)
    .where('person', 'in', [stay.person, stay.visitor ?? stay.person])
    .execute();
  await letIn(change, acting, stay);
  return { seq: change.seq };
}

/**
 * A host says no.
 *
 * @throws MeetingError `knock-not-found`; `already-decided` with what became of it.
 */
export async function denyKnock(
  change: Change,
  acting: Acting,
  denial: { identity: string; note?: string | undefined },
): Promise<{ seq: number }> {
  const note = (denial.note && cleanLine(denial.note)) || undefined;
  const { stay, knock: told } = await findWaiting(change, denial.identity);
  await endWait(change, stay, { state: 'denied', by: acting, note });
  change.append({
    type: 'knock-denied',
    knock: told,
    by: toActor(acting),
    ...(note !== undefined && { note }),
  });
  return { seq: change.seq };
}

/** The guest no longer waits, or nobody answered, or what they waited for is over. */
export async function overKnock(
  change: Change,
  stay: Seated,
  ending: {
    state: 'withdrawn' | 'expired' | 'removed' | 'ended' | 'reset';
    by?: Acting | undefined;
    note?: string | undefined;
    eventId?: string | undefined;
  },
): Promise<{ seq: number }> {
  const { knock: told } = await toWaiting(change, stay.identity);
  await endWait(change, stay, ending);
  const { state: reason, by, eventId } = ending;
  change.append(
    { type: 'knock-over', knock: told, reason, ...(by && { by: toActor(by) }) },
    eventId,
  );
  return { seq: change.seq };
}

/** The room opens: whoever waits and would now go straight in is let in. */
export async function admitAllowed(change: Change, acting: Acting): Promise<void> {
  const { tx, room, now } = change;
  for (const stay of await staysWaiting(change)) {
    const { level } = await assess(tx, { ...room, locked: false }, toComer(stay), now);
    if (level !== 'knock') await letIn(change, acting, stay);
  }
}

/** Whoever waits, without what they showed: the open room is all that speaks for them now. */
const toComer = ({ person, visitor, name, way, token_hash }: Seated): Comer => ({
  person,
  visitor: visitor ?? person,
  name,
  way,
  vouched: undefined,
  tokenHash: token_hash ?? undefined,
  key: undefined,
  invitation: undefined,
});

/** Everybody who waits at the room. */
export async function staysWaiting({ tx, room }: Change): Promise<Seated[]> {
  return seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('state', '=', 'waiting')
    .orderBy('entered_at')
    .execute();
}

async function letIn(change: Change, acting: Acting, stay: Seated): Promise<void> {
  const { tx, room, now } = change;
  const { knock: told } = await toWaiting(change, stay.identity);
  await tx
    .updateTable('admissions')
    .set({
      state: 'admitted',
      present: false,
      access: 'always',
      entered_at: now,
      gone_at: null,
      over_by: toActor(acting),
    })
    .where('id', '=', stay.id)
    .execute();
  await tx
    .updateTable('seats')
    .set({ sfu_room: sfuRoomOf(room) })
    .where('identity', '=', stay.identity)
    .execute();
  await closeCamera(change, stay);
  await noteEntry(change, stay);
  change.append({ type: 'knock-admitted', knock: told, by: toActor(acting) });
  change.check(now + DROP_AFTER);
}

async function endWait(
  change: Change,
  stay: Seated,
  {
    state,
    by,
    note,
  }: {
    state: 'denied' | 'withdrawn' | 'expired' | 'removed' | 'ended' | 'reset';
    by?: Acting | undefined;
    note?: string | undefined;
  },
): Promise<void> {
  const over = {
    state,
    generation: stay.generation + 1,
    present: false,
    over_at: change.now,
    over_by: by ? toActor(by) : null,
    over_reason: state,
    note: note ?? null,
  };
  await change.tx.updateTable('admissions').set(over).where('id', '=', stay.id).execute();
  const ended = { ...stay, ...over };
  change.tellOut(ended, stay.identity, exitOf(ended, change.now, change.room));
  await closeCamera(change, stay);
}
