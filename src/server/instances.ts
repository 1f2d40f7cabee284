import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';
import type { Ports } from './rules/change.ts';

const BEAT = 2_000;
/** Sockets of an instance that was silent for this long count as gone. */
export const SILENT_AFTER = 10_000;
/** Rows of the long dead. */
const FORGET_AFTER = 3_600_000;

/** Others on a database of this process alone are earlier lives of it. */
export async function forgetInstances({ storage }: Ports): Promise<void> {
  await storage.db.deleteFrom('instances').execute();
}

/** Says every 2 s that this process lives, and holds the sockets that the seats say it does. */
export function startBeating(ports: Ports, id: string, signal: AbortSignal, logger: Logger): void {
  const { storage, clock } = ports;
  const beat = async (): Promise<void> => {
    const beat_at = clock.now();
    await storage.db
      .insertInto('instances')
      .values({ id, beat_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ beat_at }))
      .execute();
    await storage.db
      .deleteFrom('instances')
      .where('beat_at', '<', beat_at - FORGET_AFTER)
      .execute();
  };
  repeat(BEAT, beat, signal, (error) => logger.warn('This instance could not beat.', { error }));
}

/** The instances that live, with their last beat. */
export async function livingInstances({ storage, clock }: Ports): Promise<Map<string, number>> {
  const rows = await storage.db
    .selectFrom('instances')
    .selectAll()
    .where('beat_at', '>', clock.now() - SILENT_AFTER)
    .execute();
  return new Map(rows.map(({ id, beat_at }) => [id, beat_at]));
}
