import { RECORDING_LINKS } from '../rules/file-links.ts';
import type { Handler } from './context.ts';
import { answerBytes } from './linked-bytes.ts';

export const recordingRead: Handler<'recording-read'> = (parts, call, { link, inline }) =>
  answerBytes(parts, call, { kind: RECORDING_LINKS, link, inline: inline !== undefined });
