import { setLink } from '../rules/link.ts';
import { changeAsHost, type BackendHandler } from './context.ts';

export const linkSet: BackendHandler<'link-set'> = async (parts, call, input) => {
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    setLink(change, acting, input),
  );
  return result;
};
