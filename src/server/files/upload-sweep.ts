import type { Commits } from '../commits.ts';
import type { Logger } from '../logger.ts';
import { repeat } from '../repeat.ts';
import type { Ports } from '../rules/change.ts';
import { dropStaleUploads } from '../rules/files.ts';

const INTERVAL = 60_000;
const AT_ONCE = 50;

/** Gives up uploads that nobody goes on with, until `signal` aborts. */
export function startUploadSweep(
  ports: Ports,
  commits: Commits,
  signal: AbortSignal,
  logger: Logger,
): void {
  repeat(
    INTERVAL,
    () => sweepUploads(ports, commits),
    signal,
    (error) => logger.warn('Stale uploads could not be given up; trying again.', { error }),
  );
}

/** Once, for all rooms. */
export async function sweepUploads({ storage, clock }: Ports, commits: Commits): Promise<void> {
  const now = clock.now();
  await storage.db.deleteFrom('file_links').where('expires_at', '<=', now).execute();
  const rooms = await storage.db
    .selectFrom('files')
    .select('room_id')
    .distinct()
    .where('expires_at', '<=', now)
    .limit(AT_ONCE)
    .execute();
  for (const { room_id: id } of rooms) await commits.change({ id }, dropStaleUploads);
}
