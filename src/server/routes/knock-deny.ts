import { denyKnock } from '../rules/knock.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const knockDeny: BackendHandler<'knock-deny'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    denyKnock(change, acting, input),
  );
  return result;
};
