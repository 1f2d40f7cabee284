import { KNOCK_AWAY_AFTER } from '../protocol/limits.ts';
import { compareKnockRooms, type KnockRoom, STRAGGLERS_FOR } from './knock-rooms.ts';
import { sfuRoomOf } from './rules/begin-stay.ts';
import type { Change } from './rules/change.ts';
import { endHostless } from './rules/hostless.ts';
import { overKnock } from './rules/knock.ts';
import { dropAt, seated, type Seated } from './rules/people.ts';
import { dropped, gone, GONE_AFTER_GOODBYE, GONE_AFTER_SILENCE } from './rules/presence.ts';
import { mayPresent, permit } from './rules/presenter-mode.ts';
import { loseRecording } from './rules/recording-ends.ts';
import type { SfuParticipant } from './sfu.ts';

/** When a room is looked at again in which somebody is awaited or missed, ms. */
export const CHECK_PENDING = 1_000;
const CHECK_QUIET = 10_000;
const CHECK_STRAGGLERS = 250;

/** Whom LiveKit has in a room's call, and at its door. */
export interface Found {
  there: readonly SfuParticipant[];
  atDoor: readonly KnockRoom[];
}

/**
 * What ends by the clock alone: waits, and a call that no host came back to.
 * @returns who is admitted after it.
 */
export async function passTime(change: Change): Promise<Seated[]> {
  await endHostless(change);
  await loseRecording(change);
  const stays = await seated(change.tx)
    .where('admissions.room_id', '=', change.room.id)
    .where('state', 'in', ['waiting', 'admitted'])
    .orderBy('entered_at')
    .execute();
  const admitted = stays.filter(({ state }) => state === 'admitted');
  for (const stay of stays) {
    if (stay.state === 'waiting') change.check(await lookAtWait(change, stay));
  }
  return admitted;
}

/**
 * Corrects what differs from who is admitted: `stays`.
 * @param living - The instances that hold sockets, and when they said so last.
 */
export async function compare(
  change: Change,
  { there, atDoor }: Found,
  stays: readonly Seated[],
  living: ReadonlyMap<string, number>,
): Promise<void> {
  await compareKnockRooms(change, atDoor);
  await putOutStrangers(change, there, stays);
  mendGrants(change, there, stays);
  const identities = new Set(there.map(({ identity }) => identity));
  for (const stay of stays) {
    change.check(await look(change, stay, identities.has(stay.identity), living));
  }
  if (await hasJustEnded(change)) change.check(change.now + CHECK_STRAGGLERS);
}

/** A stay, or a knocker's showing themselves. */
async function hasJustEnded({ tx, room, now }: Change): Promise<boolean> {
  const since = now - STRAGGLERS_FOR;
  const ended = await tx
    .selectFrom('admissions')
    .select('id')
    .where('room_id', '=', room.id)
    .where(({ eb, or }) => or([eb('over_at', '>', since), eb('camera_off_at', '>', since)]))
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends a wait that nobody answered, or whose guest has gone. @returns when to look again. */
async function lookAtWait(change: Change, stay: Seated): Promise<number> {
  const expiresAt = stay.expires_at ?? change.now;
  const awayAt = stay.gone_at === null ? expiresAt : stay.gone_at + KNOCK_AWAY_AFTER;
  if (expiresAt <= change.now) await overKnock(change, stay, { state: 'expired' });
  else if (awayAt <= change.now) await overKnock(change, stay, { state: 'withdrawn' });
  const lookAt = stay.camera ? change.now + CHECK_QUIET : expiresAt;
  return Math.min(expiresAt, awayAt, lookAt);
}

/** LiveKit has people without a valid seat: removed while it was away, or ghosts of an identity. */
async function putOutStrangers(
  change: Change,
  there: readonly SfuParticipant[],
  stays: readonly Seated[],
): Promise<void> {
  const valid = new Set(stays.map(({ identity }) => identity));
  if (there.every(({ identity, isMachine }) => isMachine || valid.has(identity))) return;
  change.check(change.now + CHECK_STRAGGLERS);
  // After an end they are on their way out already.
  if (await isBeingSwept(change)) return;
  change.effect({ kind: 'sfu.sweep', payload: { sfuRoom: sfuRoomOf(change.room) } });
}

async function isBeingSwept({ tx, room }: Change): Promise<boolean> {
  const sweep = await tx
    .selectFrom('outbox')
    .select('id')
    .where('room_id', '=', room.id)
    .where('kind', '=', 'sfu.sweep')
    .executeTakeFirst();
  return sweep !== undefined;
}

/** LiveKit lets people present who may not, or not those who may: it was away, or began anew. */
function mendGrants(
  change: Change,
  there: readonly SfuParticipant[],
  stays: readonly Seated[],
): void {
  const may = new Map(stays.map(({ identity, role }) => [identity, mayPresent(change.room, role)]));
  const isWrong = ({ identity, presents }: SfuParticipant): boolean =>
    (may.get(identity) ?? presents) !== presents;
  if (there.some(isWrong)) permit(change);
}

/** @returns when to look at this stay again. */
async function look(
  change: Change,
  stay: Seated,
  isThere: boolean,
  living: ReadonlyMap<string, number>,
): Promise<number> {
  const { now } = change;
  const hasSocket = stay.holder !== null && living.has(stay.holder);
  if (hasSocket || isThere) return now + (hasSocket && isThere ? CHECK_QUIET : CHECK_PENDING);
  if (stay.present) {
    const wait = stay.said_goodbye ? GONE_AFTER_GOODBYE : GONE_AFTER_SILENCE;
    // Without a closing the instance died with the socket: its last beat was at least 10 s ago.
    const goneAt = (stay.closed_at ?? now - GONE_AFTER_SILENCE) + wait;
    if (goneAt > now) return Math.min(goneAt, now + CHECK_PENDING);
    await gone(change, stay);
    await loseRecording(change);
    return dropAt({ ...stay, gone_at: now });
  }
  if (dropAt(stay) > now) return dropAt(stay);
  await dropped(change, stay);
  return now + CHECK_PENDING;
}
