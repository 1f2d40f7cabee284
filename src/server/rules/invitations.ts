import { MAX_INVITATIONS } from '../../protocol/limits.ts';
import type { Invitation } from '../../protocol/invitation.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanName } from '../../protocol/names.ts';
import type { Participant } from '../../protocol/participant.ts';
import type { Input } from '../../protocol/routes.ts';
import { hash, newId, newKey } from '../secrets.ts';
import type { InvitationRow } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { invited } from './keys.ts';
import { revokePassesOf } from './passes.ts';
import { type Acting, seated, toActor, toParticipant } from './people.ts';

/** An invitation as hosts see it, who came by it and is in the call among it. */
export const toInvitation = (row: InvitationRow, here: Participant[]): Invitation => ({
  id: row.id,
  ...(row.name !== null && { name: row.name }),
  ...(row.email !== null && { email: row.email }),
  access: row.access,
  uses: row.uses,
  ...(row.max_uses !== null && { maxUses: row.max_uses }),
  createdAt: row.created_at,
  ...(row.created_by && { by: row.created_by }),
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  ...(row.last_used_at !== null && { lastUsedAt: row.last_used_at }),
  ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  here,
});

/**
 * Makes one person's own way in. The key is told once, and kept as its hash.
 *
 * @throws MeetingError `invalid-input` when nobody is named, the time is over before it begins, or
 *   the room has all that it may have.
 */
export async function createInvitation(
  change: Change,
  acting: Acting,
  input: Input<'invitation-create'>,
): Promise<{ seq: number; invitation: Invitation; key: string }> {
  const { tx, room, now } = change;
  const name = cleanName(input.name ?? '');
  check(name !== '' || input.email !== undefined, 'name', 'or an email is needed');
  const { expiresAt } = input;
  check(expiresAt === undefined || expiresAt > now, 'expiresAt', 'is over already');
  check((await countOpen(change)) < MAX_INVITATIONS, '', 'the room has too many: revoke some');
  const key = newKey();
  const row = await tx
    .insertInto('invitations')
    .values({
      id: newId('v'),
      room_id: room.id,
      name: name || null,
      email: input.email ?? null,
      access: input.access,
      key_hash: hash(key),
      max_uses: input.maxUses ?? null,
      created_at: now,
      created_by: toActor(acting),
      expires_at: expiresAt ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const invitation = toInvitation(row, []);
  change.append({ type: 'invitation-created', invitation, by: toActor(acting) });
  return { seq: change.seq, invitation, key };
}

/**
 * Takes an invitation back: its key opens nothing from now on, and who left a moment ago does not
 * come back by it. Who is in the call stays, unless they are put out, too (see `remove.ts`).
 *
 * @throws MeetingError `invitation-not-found`.
 */
export async function revokeInvitation(
  change: Change,
  acting: Acting,
  { id, cause = 'host' }: { id: string; cause?: 'host' | 'removal' },
): Promise<{ seq: number }> {
  const { tx, room, now } = change;
  const row = await tx
    .selectFrom('invitations')
    .selectAll()
    .where('id', '=', id)
    .where('room_id', '=', room.id)
    .executeTakeFirst();
  if (!row) throw new MeetingError('invitation-not-found', 'There is no such invitation.');
  if (row.revoked_at !== null) return { seq: change.seq };
  const by = toActor(acting);
  const revoked = { revoked_at: now, revoked_by: by };
  await tx.updateTable('invitations').set(revoked).where('id', '=', id).execute();
  const here = await readHere(change, id);
  const invitation = toInvitation({ ...row, ...revoked }, here);
  change.append({ type: 'invitation-revoked', invitation, cause, by });
  await revokePassesOf(change, acting, invited(id));
  return { seq: change.seq };
}

async function countOpen({ tx, room }: Change): Promise<number> {
  const { count } = await tx
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<string | number>().as('count'))
    .where('room_id', '=', room.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function readHere({ tx, room }: Change, invitation: string): Promise<Participant[]> {
  const here = await seated(tx)
    .where('admissions.room_id', '=', room.id)
    .where('invitation_id', '=', invitation)
    .where('state', '=', 'admitted')
    .where('present', '=', true)
    .orderBy('joined_at')
    .execute();
  return here.map(toParticipant);
}

function check(isGood: boolean, path: string, message: string): void {
  if (isGood) return;
  const issues = [{ path, message }];
  throw new MeetingError('invalid-input', 'Nobody can be invited like this.', { issues });
}
