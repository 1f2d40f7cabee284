import { revokeAndRemove } from '../rules/remove.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const invitationRevoke: BackendHandler<'invitation-revoke'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    revokeAndRemove(change, acting, input),
  );
  return result;
};
