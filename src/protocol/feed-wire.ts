import type { ExitReason } from './exit.ts';

/** Close codes of the feed. Those of an exit are final; after the others a client connects anew. */
export const FEED_CLOSE = {
  malformed: 4400,
  unauthorized: 4401,
  'snapshot-needed': 4410,
  left: 4420,
  removed: 4421,
  ended: 4422,
  reset: 4423,
  denied: 4424,
  expired: 4425,
  withdrawn: 4426,
  replaced: 4427,
  network: 4428,
  server: 4429,
  'rate-limited': 4440,
} as const satisfies Record<
  ExitReason | 'malformed' | 'unauthorized' | 'snapshot-needed' | 'rate-limited',
  number
>;

/**
 * In the query of a feed's address: what happened at once comes in one frame, as an array of messages.
 * Without it, and for a message alone, a frame is one message.
 */
export const FEED_BATCHES = 'batches';
