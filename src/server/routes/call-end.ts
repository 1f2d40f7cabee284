import { MeetingError } from '../../protocol/meeting-error.ts';
import { endCall } from '../rules/end-call.ts';
import { changeAsHost, type BackendHandler, isSettled } from './context.ts';

/** Some LiveKit rooms take a while to empty; success is not shown before, nor failure too soon. */
const SETTLE_WITHIN = 4_000;

export const callEnd: BackendHandler<'call-end'> = async (parts, call, input) => {
  if (call.isServer && input.keepMe === true) {
    throw new MeetingError('invalid-input', 'An API key is nobody who could stay in.', {
      issues: [{ path: 'keepMe', message: 'expected nothing or false from an API key' }],
    });
  }
  const { result, settled } = await changeAsHost(parts, call, (change, acting) =>
    endCall(change, acting, input),
  );
  return { ...result, settled: await isSettled(settled, SETTLE_WITHIN) };
};
