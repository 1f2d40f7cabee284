import { type Backend, Stage, type StageOptions } from '../e2e/harness.ts';
import { failed, type Figure, print } from './figure.ts';
import { type LivekitThen, removalInAJoin } from './k3-removal-in-a-join.ts';
import { endForEveryone } from './k4-end-for-everyone.ts';
import { endButMe } from './k5-end-but-me.ts';
import { joinsAgainstTheLock, UNHURRIED } from './k6-joins-against-the-lock.ts';
import { knockAndAdmit, knocksOverReloads, twoHostsAtOnce } from './k7-knocks.ts';
import { theHostsList } from './k9-the-hosts-list.ts';

/** 0, 10, 20 … 600 ms into a join. */
const MOMENTS = Array.from({ length: 61 }, (_, index) => index * 10);
/** LiveKit's start takes a second, and everybody's return some more. */
const MOMENTS_OF_KILLS = MOMENTS.filter((moment) => moment % 50 === 0);

/** One part of the bench: prints its figures and gives them. */
export type Part = () => Promise<readonly Figure[]>;

/** The promises that are counted: full counts, each part on a stage of its own. */
export const PROMISES: Readonly<Record<string, Part>> = {
  K3: async () => [
    ...(await onOne('K3 Removal at any moment of a join', k3('well'))),
    ...(await onTwo('K3 … at two processes behind one address', k3('well'))),
    ...(await onOne('K3 … with LiveKit frozen for a second at the click', k3('frozen'))),
    ...(await onOne('K3 … with LiveKit killed at the click', k3('killed', MOMENTS_OF_KILLS))),
  ],
  K4: () => onOne('K4 End for everyone, ten people', (stage) => endForEveryone(stage, { runs: 5 })),
  K5: () =>
    onOne(
      'K5 End for everyone but me, ten people',
      (stage) => endButMe(stage, { runs: 100 }),
      // What is asked is whether the host's media go on, and not who shares two cores with them.
      { apart: true },
    ),
  K6: async () => [
    ...(await onOne('K6 Joins against the lock, PGlite', k6)),
    ...(await onTwo('K6 … PostgreSQL, two processes', k6)),
  ],
  K7: async () => [
    ...(await onOne('K7 Knock and Admit', (stage) => knockAndAdmit(stage, { rounds: 40 }))),
    ...(await onOne('K7 … by two hosts', (stage) => twoHostsAtOnce(stage, { knocks: 100 }))),
    ...(await onOne('K7 … and reloads', (stage) => knocksOverReloads(stage, { reloads: 20 }))),
  ],
  K9: () => onOne('K9 The host’s list', (stage) => theHostsList(stage, { removals: 100 })),
};

type Measure = (stage: Stage<Backend>) => Promise<Figure[]>;

const k3 = (livekit: LivekitThen, moments = MOMENTS): Measure => {
  return (stage) => removalInAJoin(stage, { moments, livekit });
};
const k6: Measure = (stage) => joinsAgainstTheLock(stage, { joins: 200, toggles: 50 });

/** On one process with PGlite. */
const onOne = (
  title: string,
  measure: Measure,
  options?: Pick<StageOptions, 'apart'>,
): Promise<Figure[]> => on(Stage.start({ settings: UNHURRIED, ...options }), title, measure);

/** On two processes with PostgreSQL behind one address. */
const onTwo = (title: string, measure: Measure): Promise<Figure[]> =>
  on(Stage.startCluster({ settings: UNHURRIED }), title, measure);

/** What can't be measured is a miss, and the other parts go on. */
async function on(
  starting: Promise<Stage<Backend>>,
  title: string,
  measure: Measure,
): Promise<Figure[]> {
  const stage = await starting;
  let figures: Figure[];
  try {
    figures = await measure(stage);
  } catch (error) {
    console.error(error);
    figures = [failed('measured to the end', error)];
  } finally {
    await stage.close();
  }
  print(title, figures);
  return figures;
}
