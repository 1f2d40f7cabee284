import { leaveCall } from '../rules/leave.ts';
import { changeAs, type Handler } from './context.ts';

export const callLeave: Handler<'call-leave'> = async (parts, call) => {
  const { result } = await changeAs(parts, call, 'session', leaveCall);
  return result;
};
