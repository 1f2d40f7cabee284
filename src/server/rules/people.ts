import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Exit, NextStep } from '../../protocol/exit.ts';
import type { Actor, Participant, RosterEntry } from '../../protocol/participant.ts';
import type { Admission, AdmissionState, Db, Room, Tx } from '../storage/tables.ts';
import { DROP_AFTER, KNOCK_AGAIN_AFTER } from '../../protocol/limits.ts';

/** A stay with its seat in the call. */
export interface Seated extends Admission {
  identity: string;
  sfu_room: string;
  holder: string | null;
  socket: string | null;
  closed_at: number | null;
  said_goodbye: boolean;
}

/** What of a seat comes with its stay. */
export const SEAT = [
  'seats.identity',
  'seats.sfu_room',
  'seats.holder',
  'seats.socket',
  'seats.closed_at',
  'seats.said_goodbye',
] as const;

/** Stays of a room with their call seats; narrow it down with `where`. */
export const seated = (db: Db | Tx) =>
  db
    .selectFrom('admissions')
    .innerJoin('seats', (join) =>
      join.onRef('seats.admission_id', '=', 'admissions.id').on('seats.kind', '=', 'call'),
    )
    .selectAll('admissions')
    .select(SEAT);

/** Somebody as the others may know them. */
export const toParticipant = ({
  identity,
  name,
  role,
  person,
}: Pick<Seated, 'identity' | 'name' | 'role' | 'person'>): Participant => ({
  identity,
  name,
  role,
  person,
});

export const toRosterEntry = (stay: Seated): RosterEntry => ({
  ...toParticipant(stay),
  joinedAt: stay.joined_at ?? stay.entered_at,
  connection: stay.holder === null ? 'reconnecting' : 'connected',
});

/** Who is in the call, by the time they joined. */
export async function readRoster(db: Db | Tx, roomId: string): Promise<RosterEntry[]> {
  const present = await seated(db)
    .where('admissions.room_id', '=', roomId)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .orderBy('joined_at')
    .execute();
  return present.map(toRosterEntry);
}

/**
 * How a stay ended, as its person is told; undefined while it is not over. Without the room, the
 * join screen has to say whether they must knock.
 */
export function exitOf(
  stay: Admission & { state: Exclude<AdmissionState, 'waiting' | 'admitted'> },
  now: number,
  room?: Pick<Room, 'locked'>,
): Exit;
export function exitOf(stay: Admission, now: number, room?: Pick<Room, 'locked'>): Exit | undefined;
export function exitOf(
  stay: Admission,
  now: number,
  room: Pick<Room, 'locked'> = { locked: false },
): Exit | undefined {
  if (stay.state === 'admitted' || stay.state === 'waiting') return undefined;
  const hasPass = stay.pass_until !== null && stay.pass_until > now;
  const from = stay.state === 'denied' && (stay.over_at ?? now) + KNOCK_AGAIN_AFTER;
  return {
    reason: stay.over_reason ?? stay.state,
    at: stay.over_at ?? now,
    ...(stay.over_by && { by: stay.over_by }),
    ...(stay.note !== null && { note: stay.note }),
    next: hasPass ? 'rejoin' : nextOf(stay, room),
    ...(from && from > now && { from }),
    ...(hasPass && stay.pass_until !== null && { until: stay.pass_until }),
  };
}

/** Those whom only a host lets in may knock; the others see at the join screen how far they may go. */
function nextOf(
  { state, blocked, way, expires_at }: Admission,
  { locked }: Pick<Room, 'locked'>,
): NextStep {
  if (blocked) return 'none';
  // Keys and the private link went with the rest.
  if (state === 'reset')
    return locked && way !== 'entry' && way !== 'authorize' ? 'knock' : 'enter';
  if (state !== 'left' && state !== 'ended') return 'knock';
  // By the public link, or let in by a host: nothing but an open room lets them straight in again.
  return locked && (way === 'public' || expires_at !== null) ? 'knock' : 'enter';
}

/** The 403 that a dead session gets everywhere, so that a reloaded page still tells why. */
export function overError(exit: Exit): MeetingError {
  return new MeetingError('admission-over', `The stay is over: ${exit.reason}.`, { exit });
}

/** When the reconciler has to look at an admitted person who is not in the call. */
export const dropAt = ({ gone_at, entered_at }: Admission): number =>
  (gone_at ?? entered_at) + DROP_AFTER;

/** Who acts: somebody in the call, with their stay, or the integrator's code. */
export type Acting = { readonly stay: Seated } | 'server';

export const toActor = (acting: Acting): Actor =>
  acting === 'server' ? { kind: 'server' } : toParticipant(acting.stay);

/** The identities that are good for a place in the room's call. */
export async function readSeats(db: Db | Tx, roomId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('admissions', 'admissions.id', 'seats.admission_id')
    .select('seats.identity')
    .where('seats.room_id', '=', roomId)
    .where('seats.kind', '=', 'call')
    .where('admissions.state', '=', 'admitted')
    .execute();
  return new Set(rows.map(({ identity }) => identity));
}
