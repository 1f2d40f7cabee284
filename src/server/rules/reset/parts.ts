import type { ResetPart } from '../../../protocol/reset.ts';
import { access } from './access.ts';
import { activity } from './activity.ts';
import { chat } from './chat.ts';
import { files } from './files.ts';
import { recordings } from './recordings.ts';
import type { Part } from './part.ts';

/** All that a room keeps. In the order in which it is cleared: the log goes last. */
export const PARTS: { readonly [P in ResetPart]: Part } = {
  chat,
  'whiteboards-and-files': files,
  recordings,
  access,
  activity,
};

export const ALL_PARTS = Object.keys(PARTS) as ResetPart[];
