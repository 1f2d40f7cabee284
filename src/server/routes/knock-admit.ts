import { admitKnock } from '../rules/knock.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const knockAdmit: BackendHandler<'knock-admit'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    admitKnock(change, acting, input),
  );
  return result;
};
