import type { Input, Route } from '../../protocol/routes.ts';
import type { Stem } from '../../protocol/paths.ts';
import type { Visitor, Wish } from '../hooks.ts';
import { assess, type Comer } from '../rules/assess.ts';
import { findRoom } from '../rules/change.ts';
import { findMessages } from '../rules/messages.ts';
import { seated, toParticipant } from '../rules/people.ts';
import { readSession } from '../rules/session.ts';
import type { Db } from '../storage/tables.ts';
import type { Call, Parts } from './context.ts';

/** What a visitor shows, and a browser keeps: nothing of it is the integrator's business. */
const SECRETS = ['visitor', 'entryToken', 'key'] as const;

/**
 * Asks the integrator before an act of somebody in the call, or of a backend with an API key; but not
 * of a private message, which is for its two people alone. Outside of any transaction, so the rule
 * decides again whether they may.
 *
 * @throws MeetingError `forbidden`, `hook-failed`; what `readSession` throws.
 */
export async function askForAct(
  parts: Parts,
  { stem, access }: Pick<Route, 'access'> & { stem: Stem },
  call: Call,
  input: Record<string, unknown>,
): Promise<void> {
  if (!parts.veto.isAsked || access === 'anyone') return;
  const { storage, clock } = parts.ports;
  const room = await findRoom(parts.ports, call.room);
  let by: Wish['by'] = { kind: 'server' };
  if (!call.isServer) {
    // The rule refuses it: a room that is not there has no sessions.
    if (!room) return;
    by = toParticipant(await readSession(storage.db, room, call.session, access, clock.now()));
  }
  if (room && (await isPrivate(storage.db, room.id, stem, input))) return;
  const { identity } = input;
  const target =
    room && typeof identity === 'string'
      ? await findParticipant(storage.db, room.id, identity)
      : undefined;
  await parts.veto.ask({ stem, room: call.room.toLowerCase(), by, target, input });
}

/**
 * Asks the integrator before somebody comes in, or knocks.
 *
 * @throws MeetingError `forbidden`, `hook-failed`.
 */
export async function askForVisitor(
  parts: Parts,
  stem: 'call-enter' | 'knock',
  call: Call,
  comer: Comer,
  input: Input<'call-enter'> | Input<'knock'>,
): Promise<void> {
  if (!parts.veto.isAsked) return;
  const { storage, clock } = parts.ports;
  const room = await findRoom(parts.ports, call.room);
  const { level } = await assess(storage.db, room, comer, clock.now());
  const by: Visitor = {
    kind: 'visitor',
    person: comer.person,
    name: comer.name,
    access: level,
  };
  const open = Object.entries(input).filter(([name]) => !SECRETS.some((secret) => secret === name));
  await parts.veto.ask({
    stem,
    room: call.room.toLowerCase(),
    by,
    input: Object.fromEntries(open),
  });
}

async function isPrivate(
  db: Db,
  roomId: string,
  stem: Stem,
  { id, to }: Record<string, unknown>,
): Promise<boolean> {
  if (stem === 'message-send') return to !== undefined;
  if (!stem.startsWith('message-') || typeof id !== 'string') return false;
  const messages = await findMessages(db, { id: roomId }, [id]);
  return messages.get(id)?.to !== undefined;
}

async function findParticipant(db: Db, roomId: string, identity: string) {
  const stay = await seated(db)
    .where('admissions.room_id', '=', roomId)
    .where('seats.identity', '=', identity)
    .executeTakeFirst();
  return stay && toParticipant(stay);
}
