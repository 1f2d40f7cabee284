import type { InvitationCreateRequestEvent } from '../../events/invitation-create-request.ts';
import type { InvitationRevokeRequestEvent } from '../../events/invitation-revoke-request.ts';
import type { LinkSetRequestEvent } from '../../events/link-set-request.ts';
import type { PassRevokeRequestEvent } from '../../events/pass-revoke-request.ts';
import type { PresenterModeRequestEvent } from '../../events/presenter-mode-request.ts';
import type { RoleSetRequestEvent } from '../../events/role-set-request.ts';
import type { RoomLockRequestEvent } from '../../events/room-lock-request.ts';
import { attempt, fail, type RouterPorts } from './router-ports.ts';

/** How the router carries out what hosts decide on who may come in, and as what. */

export async function setRole(
  { participant, role }: RoleSetRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { toast } = ports.texts();
  const { identity, name } = participant;
  try {
    await ports.store.setRole(identity, role);
    await ports.toast({ title: role === 'host' ? toast.madeHost(name) : toast.madeGuest(name) });
  } catch (error) {
    await fail(toast.roleFailed(name), error, ports);
  }
}

export async function lockRoom(
  { locked }: RoomLockRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  await attempt(ports, ports.texts().toast.lockFailed, () => ports.store.setLocked(locked));
}

export async function setPresenterMode(
  { on }: PresenterModeRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { presenterModeFailed } = ports.texts().toast;
  await attempt(ports, presenterModeFailed, () => ports.store.setPresenterMode(on));
}

export async function setLink(event: LinkSetRequestEvent, ports: RouterPorts): Promise<void> {
  const { access, renew } = event;
  const answer = ports.store.setLink(access, renew ? { renew } : {});
  event.answer(answer);
  try {
    await answer;
  } catch (error) {
    await fail(ports.texts().toast.linkFailed, error, ports);
  }
}

/** Who asked tells of a failure: the words must stand where they are typed anew. */
export async function createInvitation(
  event: InvitationCreateRequestEvent,
  { store }: RouterPorts,
): Promise<void> {
  event.answer(store.invite(event.invitation));
}

export async function revokeInvitation(
  { invitation }: InvitationRevokeRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { confirm, toast } = ports.texts();
  const { id, here } = invitation;
  const name = invitation.name ?? invitation.email ?? '';
  const names = here.map((participant) => participant.name);
  const consent = await ports.ask({
    title: confirm.revokeTitle(name),
    text: confirm.revokeText,
    action: confirm.revoke,
    ...(names.length > 0 && {
      block: { label: confirm.revokeRemove(names), hint: confirm.revokeRemoveHint },
    }),
  });
  if (!consent) return;
  try {
    await ports.store.revokeInvitation(id, consent.block ? { remove: true } : {});
    await ports.toast({ title: toast.revoked(name) });
  } catch (error) {
    await fail(toast.revokeFailed(name), error, ports);
  }
}

export async function revokePass(
  { participant }: PassRevokeRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { toast } = ports.texts();
  const { identity, name } = participant;
  try {
    await ports.store.revokePass(identity);
    await ports.toast({ title: toast.passRevoked(name) });
  } catch (error) {
    await fail(toast.passRevokeFailed(name), error, ports);
  }
}
