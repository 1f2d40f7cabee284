import { removeParticipant } from '../rules/remove.ts';
import { changeAsHost, type Handler, isSettled } from './context.ts';

export const participantRemove: Handler<'participant-remove'> = async (parts, call, input) => {
  const { result, settled } = await changeAsHost(parts, call, (change, acting) =>
    removeParticipant(change, acting, input),
  );
  return { ...result, settled: await isSettled(settled) };
};
