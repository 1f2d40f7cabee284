import { purgeReset } from '../rules/reset/restore.ts';
import { type BackendHandler, changeAsHost } from './context.ts';

export const resetPurge: BackendHandler<'reset-purge'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    purgeReset(change, acting, input),
  );
  return result;
};
