import type { AccessLevel } from '../../protocol/participant.ts';
import type { Db, Room, Tx, Way } from '../storage/tables.ts';
import { decide } from './decide.ts';

/** Somebody who wants in, as far as the way they came by tells. */
export interface Comer {
  person: string;
  /** Empty until they said it. */
  name: string;
  way: Way;
  vouched: AccessLevel | undefined;
  /** Of an entry token that names no subject. */
  tokenHash: string | undefined;
}

/** How far somebody may go, and whether they may even knock. */
export interface Assessment {
  level: AccessLevel;
  isBlocked: boolean;
}

/** Decides on a comer by all that the room knows of them. A room that is not there is locked. */
export async function assess(
  db: Db | Tx,
  room: Room | undefined,
  comer: Comer,
  now: number,
): Promise<Assessment> {
  if (!room) {
    const visitor = { vouched: comer.vouched, excluded: false, pass: undefined };
    return { level: decide(visitor, { locked: true }), isBlocked: false };
  }
  const exclusion = await findExclusion(db, room, comer);
  const pass = await findPass(db, room, comer.person, now);
  const visitor = { vouched: comer.vouched, excluded: exclusion !== undefined, pass };
  return { level: decide(visitor, room), isBlocked: exclusion?.blocked ?? false };
}

/** The level of a pass that this person holds by an earlier stay. */
async function findPass(
  db: Db | Tx,
  room: Room,
  person: string,
  now: number,
): Promise<AccessLevel | undefined> {
  const earlier = await db
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

async function findExclusion(
  db: Db | Tx,
  room: Room,
  { person, tokenHash }: Comer,
): Promise<{ blocked: boolean } | undefined> {
  return db
    .selectFrom('exclusions')
    .select('blocked')
    .where('room_id', '=', room.id)
    .where('person', 'in', [person, ...(tokenHash ? [tokenPerson(tokenHash)] : [])])
    .orderBy('blocked', 'desc')
    .executeTakeFirst();
}

/** Whoever shows one entry token that names no subject, as one person to exclude. */
export const tokenPerson = (tokenHash: string): string => `token_${tokenHash}`;
