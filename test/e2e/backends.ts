import { afterAll, beforeAll, describe, expect } from 'vitest';
import { Cluster } from './cluster.ts';
import { Stage, type StageOptions } from './harness.ts';

/** Where the tests of a backend find its stage, once they run. */
export interface Here {
  readonly stage: Stage;
  /** Of the two: for what hangs on the browser alone, and needs to be shown once. */
  readonly isFirst: boolean;
}

type Settings = Pick<StageOptions, 'settings' | 'webhooks'>;

const BACKENDS: readonly [name: string, start: (options: Settings) => Promise<Stage>][] = [
  ['on PGlite, one process', (options) => Stage.start(options)],
  ['on PostgreSQL, two processes behind one address', (options) => Stage.startCluster(options)],
];

/**
 * Defines the same tests for both ways of running the server. They run side by side, so each keeps
 * to rooms of its own and measures nothing.
 */
export function onEachBackend(define: (here: Here) => void, options: Settings = {}): void {
  describe.concurrent.each(BACKENDS)('%s', (_, start) => {
    const isFirst = start === BACKENDS[0]?.[1];
    const here: Here & { stage: Stage } = { stage: undefined as never, isFirst };
    beforeAll(async () => {
      here.stage = await start(options);
    });
    afterAll(async () => {
      const { server } = here.stage;
      await here.stage.close();
      if (server instanceof Cluster) {
        expect(Math.min(...server.taken), 'both processes were asked').toBeGreaterThan(0);
      }
    });
    define(here);
  });
}
