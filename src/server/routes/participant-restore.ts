import { restoreParticipant } from '../rules/restore.ts';
import { changeAs, type Handler } from './context.ts';

export const participantRestore: Handler<'participant-restore'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'host', (change, stay) =>
    restoreParticipant(change, { stay }, input),
  );
  return result;
};
