import { setKnockCamera } from '../rules/knock-camera.ts';
import { answerMedia, changeAs, type Handler, isSettled } from './context.ts';

export const knockCamera: Handler<'knock-camera'> = async (parts, call, input) => {
  const { result, settled } = await changeAs(parts, call, 'waiting', (change, stay) =>
    setKnockCamera(change, stay, input),
  );
  const { seq, seat } = result;
  if (seat) return { seq, media: await answerMedia(parts, seat) };
  // LiveKit deletes the room: whoever turns the camera on again at once should find it gone.
  await isSettled(settled);
  return { seq };
};
