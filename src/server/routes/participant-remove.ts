import { removeParticipant } from '../rules/remove.ts';
import { changeAs, type Handler, isSettled } from './context.ts';

export const participantRemove: Handler<'participant-remove'> = async (parts, call, input) => {
  const { result, settled } = await changeAs(parts, call, 'host', (change, stay) =>
    removeParticipant(change, { stay }, input),
  );
  return { ...result, settled: await isSettled(settled) };
};
