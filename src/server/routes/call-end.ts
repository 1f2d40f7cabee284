import { endCall } from '../rules/end-call.ts';
import { changeAsHost, type Handler, isSettled } from './context.ts';

/** Some LiveKit rooms take a while to empty; success is not shown before, nor failure too soon. */
const SETTLE_WITHIN = 4_000;

export const callEnd: Handler<'call-end'> = async (parts, call, input) => {
  const { result, settled } = await changeAsHost(parts, call, (change, acting) =>
    endCall(change, acting, input),
  );
  return { ...result, settled: await isSettled(settled, SETTLE_WITHIN) };
};
