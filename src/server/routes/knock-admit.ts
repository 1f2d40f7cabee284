import { admitKnock } from '../rules/knock.ts';
import { changeAsHost, type Handler } from './context.ts';

export const knockAdmit: Handler<'knock-admit'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    admitKnock(change, acting, input),
  );
  return result;
};
