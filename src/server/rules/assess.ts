import type { AccessLevel } from '../../protocol/participant.ts';
import type { Db, Room, Tx, Way } from '../storage/tables.ts';
import { best, decide } from './decide.ts';
import { openKey, type ShownKey } from './keys.ts';

/** Somebody who wants in, as far as the way they came by tells. */
export interface Comer {
  person: string;
  /** The browser, as a person of its own: what they are once they show nothing else. */
  visitor: string;
  /** Empty until they said it. */
  name: string;
  way: Way;
  vouched: AccessLevel | undefined;
  /** Of an entry token that names no subject. */
  tokenHash: string | undefined;
  /** What it opens is looked up whenever it counts: it may be revoked meanwhile. */
  key: ShownKey | undefined;
  /** The invitation that the key is of. */
  invitation: string | undefined;
}

/** How far somebody may go, and whether they may even knock. */
export interface Assessment {
  level: AccessLevel;
  isBlocked: boolean;
}

/**
 * Decides on a comer by all that the room knows of them. A room that is not there is locked.
 *
 * @throws MeetingError as `openKey`, for a key that is no longer good.
 */
export async function assess(
  db: Db | Tx,
  room: Room | undefined,
  comer: Comer,
  now: number,
): Promise<Assessment> {
  const vouched = comer.key ? (await openKey(db, room, comer.key, now)).access : comer.vouched;
  const known = { vouched, excluded: false, pass: undefined, admitted: undefined };
  if (!room) return { level: decide(known, { locked: true }), isBlocked: false };
  const exclusion = await findExclusion(db, room, comer);
  const earlier = await findEarlier(db, room, comer.person, now);
  const visitor = { ...known, ...earlier, excluded: exclusion !== undefined };
  return { level: decide(visitor, room), isBlocked: exclusion?.blocked ?? false };
}

/** What this person's other stays say for them. */
async function findEarlier(
  db: Db | Tx,
  room: Room,
  person: string,
  now: number,
): Promise<{ pass: AccessLevel | undefined; admitted: AccessLevel | undefined }> {
  const stays = await db
    .selectFrom('admissions')
    .select(['access', 'state'])
    .where('room_id', '=', room.id)
    .where('person', '=', person)
    .where(({ eb, or, and }) =>
      or([
        eb('state', '=', 'admitted'),
        and([eb('state', '=', 'left'), eb('pass_until', '>', now)]),
      ]),
    )
    .execute();
  const levelOf = (state: string): AccessLevel | undefined => {
    const levels = stays.filter((stay) => stay.state === state).map(({ access }) => access);
    return levels.length > 0 ? best(levels) : undefined;
  };
  return { pass: levelOf('left'), admitted: levelOf('admitted') };
}

async function findExclusion(
  db: Db | Tx,
  room: Room,
  { person, visitor, way, tokenHash }: Comer,
): Promise<{ blocked: boolean } | undefined> {
  const people = [
    person,
    ...(tokenHash === undefined ? [] : [tokenPerson(tokenHash)]),
    // Another key does not help a browser out of which somebody was removed; a token says who it is.
    ...(way === 'key' ? [visitor] : []),
  ];
  return db
    .selectFrom('exclusions')
    .select('blocked')
    .where('room_id', '=', room.id)
    .where('person', 'in', people)
    .orderBy('blocked', 'desc')
    .executeTakeFirst();
}

/** Whoever shows one entry token that names no subject, as one person to exclude. */
export const tokenPerson = (tokenHash: string): string => `token_${tokenHash}`;
