import { stopRecording } from '../rules/recordings.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const recordingStop: BackendHandler<'recording-stop'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    stopRecording(change, acting, input),
  );
  return result;
};
