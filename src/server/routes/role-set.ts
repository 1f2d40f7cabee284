import { setRole } from '../rules/roles.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const roleSet: BackendHandler<'role-set'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    setRole(change, acting, input),
  );
  return result;
};
