import { setPresenterMode } from '../rules/presenter-mode.ts';
import { type BackendHandler, changeAsHost, isSettled } from './context.ts';

export const presenterMode: BackendHandler<'presenter-mode'> = async (parts, call, input) => {
  const { result, settled } = await changeAsHost(parts, call, (change, acting) =>
    setPresenterMode(change, acting, input),
  );
  // What others share ends at LiveKit: it should be over when the host is told so.
  await isSettled(settled);
  return result;
};
