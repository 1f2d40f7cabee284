import { restoreParticipant } from '../rules/restore.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const participantRestore: BackendHandler<'participant-restore'> = async (
  parts,
  call,
  input,
) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    restoreParticipant(change, acting, input),
  );
  return result;
};
