import { countFiles, purgeFiles } from '../files.ts';
import { countWhiteboards, purgeWhiteboards } from '../whiteboards.ts';
import type { Part } from './part.ts';

/** What was brought into the room, and what was drawn in it. The bytes of files go by the outbox. */
export const files: Part = {
  count: async (tx, { id }) => (await countFiles(tx, id)).files + (await countWhiteboards(tx, id)),
  clear: async (change, { at }) =>
    (await purgeFiles(change, at)).files + (await purgeWhiteboards(change, at)),
};
