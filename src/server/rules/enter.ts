import { MeetingError } from '../../protocol/meeting-error.ts';
import { DROP_AFTER } from '../../protocol/limits.ts';
import type { AccessLevel } from '../../protocol/participant.ts';
import { hash, newId, newIdentity, newSession } from '../secrets.ts';
import type { Room, Way } from '../storage/tables.ts';
import { type Change, changeRoom, findRoom, type Ports } from './change.ts';
import { decide } from './decide.ts';
import { readRoster, seated, type Seated } from './people.ts';
import type { Standing } from './snapshot.ts';

/** Somebody who wants in, as far as the way they came by tells. */
export interface Comer {
  person: string;
  name: string;
  way: Way;
  vouched: AccessLevel | undefined;
  /** Of an entry token that names no subject. */
  tokenHash: string | undefined;
}

/** LiveKit's name of a room's current call. */
export const sfuRoomOf = ({ id, epoch }: Pick<Room, 'id' | 'epoch'>): string => `r_${id}_${epoch}`;

/**
 * Lets somebody into the call, or says why not. A room begins to exist when the first person is let
 * in; until then it is a locked one like any other, and no row is made for every name tried.
 *
 * @throws MeetingError `room-locked`
 */
export async function enterCall(
  ports: Ports,
  roomName: string,
  comer: Comer,
): Promise<Standing & { session: string }> {
  const create = comer.vouched !== undefined && comer.vouched !== 'knock';
  if (!create && !(await findRoom(ports, roomName))) throw lockedError();
  return changeRoom(ports, { name: roomName }, (change) => admit(change, comer), { create });
}

async function admit(change: Change, comer: Comer): Promise<Standing & { session: string }> {
  const { tx, room, now } = change;
  const pass = await findPass(change, comer.person);
  const excluded = await isExcluded(change, comer);
  const level = decide({ vouched: comer.vouched, excluded, pass }, room);
  if (level === 'knock') throw lockedError();

  const session = newSession();
  const id = newId('a');
  await tx
    .insertInto('admissions')
    .values({
      id,
      room_id: room.id,
      person: comer.person,
      token_hash: comer.tokenHash ?? null,
      name: comer.name,
      role: level === 'host' ? 'host' : 'guest',
      access: level,
      way: comer.way,
      state: 'admitted',
      present: false,
      session_hash: hash(session),
      entered_at: now,
    })
    .execute();
  const identity = newIdentity();
  await tx
    .insertInto('seats')
    .values({
      identity,
      admission_id: id,
      room_id: room.id,
      kind: 'call',
      sfu_room: sfuRoomOf(room),
    })
    .execute();
  change.check(now + DROP_AFTER);
  const stay: Seated = await seated(tx).where('identity', '=', identity).executeTakeFirstOrThrow();
  return { session, stay, seq: change.seq, room, roster: await readRoster(tx, room.id) };
}

/** The level of a pass that this person holds by an earlier stay. */
async function findPass(
  { tx, room, now }: Change,
  person: string,
): Promise<AccessLevel | undefined> {
  const earlier = await tx
    .selectFrom('admissions')
    .select('access')
    .where('room_id', '=', room.id)
    .where('person', '=', person)
    .where('state', '=', 'left')
    .where('pass_until', '>', now)
    .orderBy('pass_until', 'desc')
    .executeTakeFirst();
  return earlier?.access;
}

async function isExcluded({ tx, room }: Change, comer: Comer): Promise<boolean> {
  const people = [comer.person, ...(comer.tokenHash ? [tokenPerson(comer.tokenHash)] : [])];
  const row = await tx
    .selectFrom('exclusions')
    .select('person')
    .where('room_id', '=', room.id)
    .where('person', 'in', people)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whoever shows one entry token that names no subject, as one person to exclude. */
export const tokenPerson = (tokenHash: string): string => `token_${tokenHash}`;

const lockedError = (): MeetingError =>
  new MeetingError('room-locked', 'The room is locked, and nothing lets this visitor straight in.');
