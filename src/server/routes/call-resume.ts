import { resumeCall } from '../rules/resume.ts';
import { answerSnapshot, changeAs, type Handler } from './context.ts';

export const callResume: Handler<'call-resume'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'resumable', (change, stay) =>
    resumeCall(change, stay, input),
  );
  return answerSnapshot(parts, result);
};
