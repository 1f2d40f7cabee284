import { createInvitation } from '../rules/invitations.ts';
import { changeAsHost, type Handler } from './context.ts';

export const invitationCreate: Handler<'invitation-create'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    createInvitation(change, acting, input),
  );
  return result;
};
