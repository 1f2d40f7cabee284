import { admitKnock } from '../rules/knock.ts';
import { changeAs, type Handler } from './context.ts';

export const knockAdmit: Handler<'knock-admit'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'host', (change, stay) =>
    admitKnock(change, { stay }, input),
  );
  return result;
};
