import type { LinkAccess } from '../../protocol/invitation.ts';
import type { RoomEventOf } from '../../protocol/events.ts';
import { hash, newKey } from '../secrets.ts';
import type { Change } from './change.ts';
import { type Acting, toActor } from './people.ts';

/**
 * Says what the shared private link opens. Coming from `off`, or anew, it has another key, which is
 * told once; who came by the one before stays in the call.
 */
export async function setLink(
  change: Change,
  acting: Acting,
  { access, renew = false }: { access: LinkAccess; renew?: boolean | undefined },
): Promise<{ seq: number; access: LinkAccess; key?: string }> {
  const { tx, room, now } = change;
  const isNew = access !== 'off' && (renew || room.link_hash === null);
  if (!isNew && access === room.link_access) return { seq: change.seq, access };
  const key = isNew ? newKey() : undefined;
  await tx
    .updateTable('rooms')
    .set({
      link_access: access,
      ...(key !== undefined && { link_hash: hash(key), link_at: now, link_used_at: null }),
      ...(access === 'off' && { link_hash: null, link_at: null, link_used_at: null }),
    })
    .where('id', '=', room.id)
    .execute();
  tell(change, acting, access, 'host');
  return { seq: change.seq, access, ...(key !== undefined && { key }) };
}

/** Somebody who came by the private link was put out: whoever has it asks to be let in. */
export async function closePrivateLink(change: Change, acting: Acting): Promise<void> {
  const { tx, room } = change;
  if (room.link_access !== 'always' && room.link_access !== 'host') return;
  await tx.updateTable('rooms').set({ link_access: 'knock' }).where('id', '=', room.id).execute();
  tell(change, acting, 'knock', 'removal');
}

function tell(
  change: Change,
  acting: Acting,
  access: LinkAccess,
  cause: RoomEventOf<'link-changed'>['cause'],
): void {
  change.append({ type: 'link-changed', access, cause, by: toActor(acting) });
}
