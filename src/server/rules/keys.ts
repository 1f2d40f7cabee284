import { MeetingError } from '../../protocol/meeting-error.ts';
import type { AccessLevel } from '../../protocol/participant.ts';
import type { Db, InvitationRow, Room, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import type { Seated } from './people.ts';

/** A key as it was shown, and by which browser. */
export interface ShownKey {
  hash: string;
  /** The browser, as a person of its own. */
  visitor: string;
}

/** What a key opens now. Who comes by the shared link is nobody in particular. */
export type Opening =
  | { way: 'link'; access: AccessLevel }
  | { way: 'key'; access: AccessLevel; invitation: InvitationRow };

/** The person whom an invitation is for, until its key is revoked. */
export const invited = (invitation: string): string => `key_${invitation}`;

/**
 * Looks up what a key opens; by its digest, so that a wrong one takes as long as a right one. Inside
 * a change nobody can revoke it in between.
 *
 * @throws MeetingError `access-key-invalid`, `access-key-revoked`, `access-key-expired`,
 *   `access-key-used`.
 */
export async function openKey(
  db: Db | Tx,
  room: Room | undefined,
  { hash, visitor }: ShownKey,
  now: number,
): Promise<Opening> {
  const invitation = await db
    .selectFrom('invitations')
    .selectAll()
    .where('key_hash', '=', hash)
    .where('room_id', '=', room?.id ?? '')
    .executeTakeFirst();
  if (invitation) {
    checkGood(invitation, now);
    if (isUsedUp(invitation)) await checkUsedBy(db, invitation, visitor);
    return { way: 'key', access: invitation.access, invitation };
  }
  if (room?.link_hash === hash && room.link_access !== 'off') {
    return { way: 'link', access: room.link_access };
  }
  throw new MeetingError('access-key-invalid', 'This key opens nothing here.');
}

function checkGood({ revoked_at, expires_at }: InvitationRow, now: number): void {
  if (revoked_at !== null) {
    throw new MeetingError('access-key-revoked', 'The invitation was revoked.');
  }
  if (expires_at !== null && expires_at <= now) {
    throw new MeetingError('access-key-expired', 'The invitation has expired.');
  }
}

const isUsedUp = ({ uses, max_uses }: InvitationRow): boolean =>
  max_uses !== null && uses >= max_uses;

async function checkUsedBy(db: Db | Tx, { id }: InvitationRow, visitor: string): Promise<void> {
  const use = await db
    .selectFrom('invitation_uses')
    .select('at')
    .where('invitation_id', '=', id)
    .where('visitor', '=', visitor)
    .executeTakeFirst();
  if (!use) throw usedError();
}

/**
 * Counts a browser that uses an invitation for the first time.
 *
 * @throws MeetingError `access-key-used`; of two browsers at once with one use left, one gets it.
 */
export async function countUse(
  { tx, now }: Change,
  { invitation, visitor }: { invitation: string | undefined; visitor: string },
): Promise<void> {
  if (invitation === undefined) return;
  const isNew = await tx
    .insertInto('invitation_uses')
    .values({ invitation_id: invitation, visitor, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('at')
    .executeTakeFirst();
  if (!isNew) return;
  const counted = await tx
    .updateTable('invitations')
    .set((eb) => ({ uses: eb('uses', '+', 1) }))
    .where('id', '=', invitation)
    .where(({ eb, or }) => or([eb('max_uses', 'is', null), eb('uses', '<', eb.ref('max_uses'))]))
    .returning('uses')
    .executeTakeFirst();
  if (!counted) throw usedError();
}

/** Writes down that somebody goes in by the key of their stay. */
export async function noteEntry(
  { tx, room, now }: Change,
  { way, invitation_id }: Pick<Seated, 'way' | 'invitation_id'>,
): Promise<void> {
  if (way === 'link') {
    await tx.updateTable('rooms').set({ link_used_at: now }).where('id', '=', room.id).execute();
  }
  if (invitation_id === null) return;
  await tx
    .updateTable('invitations')
    .set({ last_used_at: now })
    .where('id', '=', invitation_id)
    .execute();
}

const usedError = (): MeetingError =>
  new MeetingError('access-key-used', 'The invitation was used in other browsers already.');
