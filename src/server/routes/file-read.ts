import { FILE_LINKS } from '../rules/file-links.ts';
import type { Handler } from './context.ts';
import { answerBytes } from './linked-bytes.ts';

export const fileRead: Handler<'file-read'> = (parts, call, { link }) =>
  answerBytes(parts, call, { kind: FILE_LINKS, link });
