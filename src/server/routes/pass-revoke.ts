import { revokePass } from '../rules/passes.ts';
import { changeAsHost, type Handler } from './context.ts';

export const passRevoke: Handler<'pass-revoke'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    revokePass(change, acting, input),
  );
  return result;
};
