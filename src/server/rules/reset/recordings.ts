import { countPurgeable, purgeRecordings } from '../recording-purge.ts';
import type { Part } from './part.ts';

/** What was recorded, and is in the room or on its way there. Bytes go by the outbox. */
export const recordings: Part = {
  count: (tx, { id }) => countPurgeable(tx, id),
  clear: (change, { at }, trash) => purgeRecordings(change, at, trash),
  restore: (_, trash) => trash.putBack('recordings'),
};
