import { consentToRecording } from '../rules/recordings.ts';
import { changeAs, type Handler } from './context.ts';

export const recordingConsent: Handler<'recording-consent'> = async (parts, call, input) => {
  const { result } = await changeAs(parts, call, 'session', (change, stay) =>
    consentToRecording(change, stay, input),
  );
  return result;
};
