import type { ResetReceipt } from '../protocol/reset.ts';
import type { Commits } from './commits.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';
import type { Ports } from './rules/change.ts';
import { type Begun, RESET_LEASE } from './rules/reset/begin.ts';
import { goOnWithReset } from './rules/reset/go-on.ts';

const POLL = 500;
const AT_ONCE = 5;

/** Carries through the resets that were begun: at once, and again until done, also after a crash. */
export class Resets {
  readonly #ports: Ports;
  readonly #commits: Commits;
  readonly #logger: Logger;

  constructor(ports: Ports, commits: Commits, logger: Logger) {
    this.#ports = ports;
    this.#commits = commits;
    this.#logger = logger;
  }

  /** Looks for resets that nobody works on, until `signal` aborts. */
  start(signal: AbortSignal): void {
    repeat(
      POLL,
      () => this.run(),
      signal,
      (error) => this.#logger.warn('Resets could not be looked for; trying again.', { error }),
    );
  }

  /** Goes on with what a process that died has left. */
  async run(): Promise<void> {
    const rows = await this.#claim();
    await Promise.all(rows.map(({ id, room_id: roomId }) => this.finish({ id, roomId })));
  }

  /**
   * Goes through with one reset. It never rejects, for what has begun is finished later.
   *
   * @returns what it came to; undefined when it is not done yet, or was done elsewhere.
   */
  async finish({
    id,
    roomId,
  }: Pick<Begun, 'id' | 'roomId'>): Promise<{ seq: number; receipt: ResetReceipt } | undefined> {
    try {
      return await this.step({ id, roomId });
    } catch (error) {
      this.#logger.warn('A reset could not go on; trying again.', { error, room: roomId });
      return undefined;
    }
  }

  /** As `finish`, at most so many steps of it; rejects when one can't be done. */
  async step(
    { id, roomId }: Pick<Begun, 'id' | 'roomId'>,
    most = Infinity,
  ): Promise<{ seq: number; receipt: ResetReceipt } | undefined> {
    for (let steps = 0; steps < most; steps++) {
      const { result: step } = await this.#commits.change({ id: roomId }, (change) =>
        goOnWithReset(change, id),
      );
      if (step.state === 'done') return step;
      if (step.state === 'gone') return undefined;
    }
    return undefined;
  }

  #claim(): Promise<{ id: string; room_id: string }[]> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    return storage.db
      .updateTable('resets')
      .set({ lease_until: now + RESET_LEASE })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('resets')
          .select('id')
          .where('lease_until', '<=', now)
          .orderBy('at')
          .limit(AT_ONCE)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'room_id'])
      .execute();
  }
}
