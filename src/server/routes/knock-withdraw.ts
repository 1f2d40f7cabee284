import { overKnock } from '../rules/knock.ts';
import { changeAs, type Handler } from './context.ts';

export const knockWithdraw: Handler<'knock-withdraw'> = async (parts, call) => {
  const { result } = await changeAs(parts, call, 'waiting', (change, stay) =>
    overKnock(change, stay, { state: 'withdrawn' }),
  );
  return result;
};
