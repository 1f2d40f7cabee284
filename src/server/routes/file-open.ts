import { FILE_LINKS } from '../rules/file-links.ts';
import type { Handler } from './context.ts';
import { openFor } from './linked-bytes.ts';

export const fileOpen: Handler<'file-open'> = (parts, call, { id }) =>
  openFor(parts, call, { kind: FILE_LINKS, stem: 'file-read', id });
