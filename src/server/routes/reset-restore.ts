import { restoreReset } from '../rules/reset/restore.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const resetRestore: BackendHandler<'reset-restore'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    restoreReset(change, acting, input),
  );
  return result;
};
