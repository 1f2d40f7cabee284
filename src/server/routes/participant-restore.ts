import { restoreParticipant } from '../rules/restore.ts';
import { changeAsHost, type Handler } from './context.ts';

export const participantRestore: Handler<'participant-restore'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    restoreParticipant(change, acting, input),
  );
  return result;
};
