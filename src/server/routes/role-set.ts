import { setRole } from '../rules/roles.ts';
import { changeAsHost, type Handler } from './context.ts';

export const roleSet: Handler<'role-set'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    setRole(change, acting, input),
  );
  return result;
};
