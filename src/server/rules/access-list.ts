import type { AccessList, Exclusion, Invitation, Pass } from '../../protocol/invitation.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { Db, Room, Tx } from '../storage/tables.ts';
import { atOneMoment } from './at-one-moment.ts';
import { toInvitation } from './invitations.ts';
import { seated, type Seated, toParticipant } from './people.ts';

/** Who may come in, by what; and who may not; all of it as it was at one moment. */
export function readAccessList(db: Db, roomId: string, now: number): Promise<AccessList> {
  return atOneMoment(db, roomId, async (tx, room) => ({
    seq: room.seq,
    link: toLink(room),
    invitations: await readInvitations(tx, roomId),
    passes: await readPasses(tx, roomId, now),
    excluded: await readExcluded(tx, roomId),
  }));
}

const toLink = ({ link_access, link_at, link_used_at }: Room): AccessList['link'] => ({
  access: link_access,
  ...(link_at !== null && { createdAt: link_at }),
  ...(link_used_at !== null && { lastUsedAt: link_used_at }),
});

async function readInvitations(tx: Tx, roomId: string): Promise<Invitation[]> {
  const rows = await tx
    .selectFrom('invitations')
    .selectAll()
    .where('room_id', '=', roomId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const stays = await seated(tx)
    .where('admissions.room_id', '=', roomId)
    .where('invitation_id', 'is not', null)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .orderBy('joined_at')
    .execute();
  const here = new Map<string | null, Participant[]>();
  for (const stay of stays) {
    here.set(stay.invitation_id, [...(here.get(stay.invitation_id) ?? []), toParticipant(stay)]);
  }
  return rows.map((row) => toInvitation(row, here.get(row.id) ?? []));
}

async function readPasses(tx: Tx, roomId: string, now: number): Promise<Pass[]> {
  const stays = await seated(tx)
    .where('admissions.room_id', '=', roomId)
    .where('state', '=', 'left')
    .where('pass_until', '>', now)
    .orderBy('pass_until', 'desc')
    .execute();
  return firstOfEach(stays).map((stay) => ({
    participant: toParticipant(stay),
    until: stay.pass_until ?? now,
  }));
}

async function readExcluded(tx: Tx, roomId: string): Promise<Exclusion[]> {
  const rows = await seated(tx)
    .innerJoin('exclusions', 'exclusions.admission_id', 'admissions.id')
    .select(['exclusions.at as excluded_at', 'exclusions.blocked as is_blocked'])
    .where('exclusions.room_id', '=', roomId)
    .orderBy('exclusions.at', 'desc')
    .execute();
  return firstOfEach(rows).map((row) => ({
    participant: toParticipant(row),
    reason: row.over_reason ?? 'removed',
    at: row.excluded_at,
    ...(row.over_by && { by: row.over_by }),
    ...(row.note !== null && { note: row.note }),
    blocked: row.is_blocked,
  }));
}

/** One row a person: they may have had two windows, and be kept out by browser and by name. */
function firstOfEach<T extends Pick<Seated, 'person'>>(rows: readonly T[]): T[] {
  const people = new Set<string>();
  return rows.filter(({ person }) => !people.has(person) && people.add(person));
}
