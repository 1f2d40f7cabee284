import { revokePass } from '../rules/passes.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const passRevoke: BackendHandler<'pass-revoke'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    revokePass(change, acting, input),
  );
  return result;
};
