import { denyKnock } from '../rules/knock.ts';
import { changeAsHost, type Handler } from './context.ts';

export const knockDeny: Handler<'knock-deny'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    denyKnock(change, acting, input),
  );
  return result;
};
