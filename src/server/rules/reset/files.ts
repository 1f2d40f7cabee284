import { countFiles, purgeFiles } from '../files.ts';
import type { Part } from './part.ts';

/** What was brought into the room. The bytes go by the outbox. */
export const files: Part = {
  count: async (tx, { id }) => (await countFiles(tx, id)).files,
  clear: async (change, { at }) => (await purgeFiles(change, at)).files,
};
