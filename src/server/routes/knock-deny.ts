import { denyKnock } from '../rules/knock.ts';
import { changeAs, type Handler } from './context.ts';

export const knockDeny: Handler<'knock-deny'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'host', (change, stay) =>
    denyKnock(change, { stay }, input),
  );
  return result;
};
