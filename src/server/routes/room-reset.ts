import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Committed } from '../commits.ts';
import { type Begun, beginReset } from '../rules/reset/begin.ts';
import { changeAsHost, type BackendHandler, isSettled, type Parts } from './context.ts';

/** Most resets take some 10 ms; nobody waits longer than this to hear that one goes on. */
const SETTLE_WITHIN = 8_000;

export const roomReset: BackendHandler<'room-reset'> = async (parts, call, input) => {
  if (call.isServer && input.keepMe === true) {
    throw new MeetingError('invalid-input', 'An API key is nobody who could stay in.', {
      issues: [{ path: 'keepMe', message: 'expected nothing or false from an API key' }],
    });
  }
  const begun = await changeAsHost(parts, call, (change, acting) =>
    beginReset(change, acting, input),
  );
  return finishReset(parts, begun);
};

/** Goes through with a reset that has begun, and says what it came to. */
async function finishReset(
  { resets }: Pick<Parts, 'resets'>,
  { result: begun, settled: isOut }: Committed<Begun>,
): Promise<Answer<'room-reset'>> {
  const cleared = resets.finish(begun);
  const both = Promise.all([isOut, cleared]).then(([out, done]) => out && done !== undefined);
  const settled = await isSettled(both, SETTLE_WITHIN);
  const done = await Promise.race([cleared, Promise.resolve(undefined)]);
  return {
    seq: done?.seq ?? begun.seq,
    settled,
    here: begun.here,
    ...(done && { receipt: done.receipt }),
  };
}
