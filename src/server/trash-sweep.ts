import type { Commits } from './commits.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';
import type { Ports } from './rules/change.ts';
import { dropOldTrash } from './rules/reset/restore.ts';

const INTERVAL = 60_000;
const AT_ONCE = 50;

/** Empties what resets left in the trash once its time is over, until `signal` aborts. */
export function startTrashSweep(
  ports: Ports,
  commits: Commits,
  signal: AbortSignal,
  logger: Logger,
): void {
  repeat(
    INTERVAL,
    () => sweepTrash(ports, commits),
    signal,
    (error) => logger.warn('The trash could not be emptied; trying again.', { error }),
  );
}

/** Once, for all rooms. */
export async function sweepTrash({ storage, clock }: Ports, commits: Commits): Promise<void> {
  const rooms = await storage.db
    .selectFrom('trash')
    .select('room_id')
    .distinct()
    .where('until', '<=', clock.now())
    .limit(AT_ONCE)
    .execute();
  for (const { room_id: id } of rooms) await commits.change({ id }, dropOldTrash);
}
