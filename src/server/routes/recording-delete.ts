import { deleteRecording } from '../rules/recordings.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const recordingDelete: BackendHandler<'recording-delete'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    deleteRecording(change, acting, input),
  );
  return result;
};
