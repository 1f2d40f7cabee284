import { countFiles, purgeFiles } from '../files.ts';
import { countWhiteboards, purgeWhiteboards } from '../whiteboards.ts';
import type { Part } from './part.ts';

/** What was brought into the room, and what was drawn in it. The bytes of files go by the outbox. */
export const files: Part = {
  count: async (tx, { id }) => (await countFiles(tx, id)).files + (await countWhiteboards(tx, id)),
  clear: async (change, { at }, trash) =>
    (await purgeFiles(change, at, trash)).files + (await purgeWhiteboards(change, at, trash)),

  async restore(_, trash) {
    await trash.putBack('files');
    await trash.dropTakenBoards();
    await trash.putBack('whiteboards');
    await trash.putBack('whiteboard_updates');
  },
};
