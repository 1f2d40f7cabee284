import type { Stem } from '../../protocol/paths.ts';
import type { Access, Answer, Input } from '../../protocol/routes.ts';
import type { Commits } from '../commits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Egresses } from '../egress.ts';
import type { ByteStore } from '../files/byte-store.ts';
import type { Veto } from '../hooks.ts';
import type { Logger } from '../logger.ts';
import type { MeetingServerOptions } from '../options.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Resets } from '../resets.ts';
import { type Change, findRoom, type Ports } from '../rules/change.ts';
import { readSession } from '../rules/session.ts';
import type { Acting, Seated } from '../rules/people.ts';
import type { Seat } from '../rules/seats.ts';
import { mayPresent } from '../rules/presenter-mode.ts';
import { type Standing, toSnapshot } from '../rules/snapshot.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { Sfu } from '../sfu.ts';
import type { Room } from '../storage/tables.ts';
import type { Turns } from '../turns.ts';

/** What every route handler may use. */
export interface Parts {
  ports: Ports;
  commits: Commits;
  sfu: Sfu;
  resets: Resets;
  /** Where the bytes of files lie. */
  bytes: ByteStore;
  /** LiveKit's Egress, where there is one. */
  egresses?: Egresses | undefined;
  options: MeetingServerOptions;
  /** Access keys and API keys that open nothing, by address. */
  wrongKeyRate: RateLimit;
  /** What one person writes in one room, and all of a room together. */
  messageRate: RateLimit;
  roomMessageRate: RateLimit;
  /** What one person draws in one room: how often, and how much. */
  boardRate: RateLimit;
  boardByteRate: RateLimit;
  /** How often one person makes and renames whiteboards in one room. */
  boardMakingRate: RateLimit;
  /** Who is not in a room yet, and asks to come in. */
  comers: Turns;
  /** Asks the integrator before an act. */
  veto: Veto;
  logger: Logger;
}

/** Who asks for something in which room. */
export interface Caller {
  room: string;
  session: string | undefined;
  /** The integrator's code asks, in process or with an API key. */
  isServer: boolean;
}

/** One call of a route. */
export interface Call extends Caller {
  /** Where it comes from, for the rate limits. */
  address: string;
  /** The original request; its body is read already. */
  request: Request;
}

export type Handler<S extends Stem> = (
  parts: Parts,
  call: Call,
  input: Input<S>,
) => Promise<Answer<S>>;

/** What the integrator's code may ask for, too: no part of it hangs on a request. */
export type BackendHandler<S extends Stem> = (
  parts: Parts,
  caller: Caller,
  input: Input<S>,
) => Promise<Answer<S>>;

/** Runs a rule for whoever `call.session` belongs to, checked under the room's lock. */
export function changeAs<T>(
  { commits }: Parts,
  { room, session }: Caller,
  access: Exclude<Access, 'anyone'>,
  rule: (change: Change, stay: Seated) => Promise<T>,
) {
  return commits.change({ name: room }, async (change) => {
    const stay = await readSession(change.tx, change.room, session, access, change.now);
    return rule(change, stay);
  });
}

/** The room, and who reads in it: whoever `call.session` belongs to, in the call. */
export async function readAs(
  { ports }: Parts,
  { room: name, session }: Call,
): Promise<{ room: Room; stay: Seated }> {
  const room = await findRoom(ports, name);
  if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  const stay = await readSession(ports.storage.db, room, session, 'session', ports.clock.now());
  return { room, stay };
}

/** Runs a rule for a host of the room, or for a backend with an API key; then the room is made. */
export const changeAsHost = <T>(
  parts: Parts,
  call: Caller,
  rule: (change: Change, acting: Acting) => Promise<T>,
) => changeAsBackendOr('host', parts, call, rule);

/** The same, where who is no host may act, too, when `access` says so. */
export function changeAsBackendOr<T>(
  access: 'session' | 'host',
  parts: Parts,
  call: Caller,
  rule: (change: Change, acting: Acting) => Promise<T>,
) {
  if (!call.isServer)
    return changeAs(parts, call, access, (change, stay) => rule(change, { stay }));
  return parts.commits.change({ name: call.room }, (change) => rule(change, 'server'), {
    create: true,
  });
}

/**
 * The room, for a host of it or a backend with an API key to read; undefined for a backend when
 * nobody was ever let in: such a room is locked and empty.
 */
export const readAsHost = (parts: Parts, caller: Caller): Promise<Room | undefined> =>
  readAsBackendOr('host', parts, caller);

/** The same, where who is no host may read, too, when `access` says so. */
export async function readAsBackendOr(
  access: 'session' | 'host',
  { ports }: Parts,
  { room: name, session, isServer }: Caller,
): Promise<Room | undefined> {
  const room = await findRoom(ports, name);
  if (isServer) return room;
  if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
  await readSession(ports.storage.db, room, session, access, ports.clock.now());
  return room;
}

/** LiveKit carries things out in some 10 ms; a host waits no longer than this to be told so. */
const SETTLE_WITHIN = 1_000;

/** Whether the effects are carried out soon enough to say so in the answer. */
export async function isSettled(
  settled: Promise<boolean>,
  within = SETTLE_WITHIN,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), within);
  });
  return Promise.race([settled, late]).finally(() => clearTimeout(timer));
}

/** The snapshot, with the way through the door. Minted after the commit: it takes no lock. */
export async function answerSnapshot(parts: Parts, standing: Standing): Promise<Snapshot> {
  const presents = mayPresent(standing.room, standing.stay.role);
  const media = await answerMedia(parts, { ...standing.stay, kind: 'call' }, presents);
  return { ...toSnapshot(standing), ...media };
}

/** The way of a seat through the door. */
export async function answerMedia(
  { sfu, options }: Parts,
  { identity, sfu_room: sfuRoom, name, kind }: Seated & Pick<Seat, 'kind'>,
  presents = false,
): Promise<{ door: string; token: string }> {
  const token = await sfu.mint({ identity, sfuRoom, name, kind, presents });
  const door = options.url.replace(/^http/, 'ws').replace(/\/$/, '');
  return { door, token };
}
