import { createInvitation } from '../rules/invitations.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const invitationCreate: BackendHandler<'invitation-create'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    createInvitation(change, acting, input),
  );
  return result;
};
