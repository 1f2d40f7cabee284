import { RECORDING_LINKS } from '../rules/file-links.ts';
import type { Handler } from './context.ts';
import { openFor } from './linked-bytes.ts';

export const recordingOpen: Handler<'recording-open'> = (parts, call, { id }) =>
  openFor(parts, call, { kind: RECORDING_LINKS, stem: 'recording-read', id });
