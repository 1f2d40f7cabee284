import { removeParticipant } from '../rules/remove.ts';
import { changeAsHost, type BackendHandler, isSettled } from './context.ts';

export const participantRemove: BackendHandler<'participant-remove'> = async (
  parts,
  call,
  input,
) => {
  const { result, settled } = await changeAsHost(parts, call, (change, acting) =>
    removeParticipant(change, acting, input),
  );
  return { ...result, settled: await isSettled(settled) };
};
