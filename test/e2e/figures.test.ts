import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figure, print } from '../bench/figure.ts';
import { removalInAJoin } from '../bench/k3-removal-in-a-join.ts';
import { endForEveryone } from '../bench/k4-end-for-everyone.ts';
import { endButMe } from '../bench/k5-end-but-me.ts';
import { joinsAgainstTheLock, UNHURRIED } from '../bench/k6-joins-against-the-lock.ts';
import { knockAndAdmit, knocksOverReloads, twoHostsAtOnce } from '../bench/k7-knocks.ts';
import { theHostsList } from '../bench/k9-the-hosts-list.ts';
import { Stage } from './harness.ts';

/*
 * The figures of `npm run bench` with counts that fit here. Counts must be what is promised; times
 * may be five times as long, for this machine does other work.
 */

/** 0, 100 … 600 ms into a join. */
const MOMENTS = Array.from({ length: 7 }, (_, index) => index * 100);

function expectKept(title: string, figures: readonly Figure[]): void {
  print(title, figures);
  expect(figures.filter(({ isNear }) => !isNear)).toEqual([]);
}

describe('On one process', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start({ settings: UNHURRIED });
  });
  afterAll(() => stage.close());

  it('K3: a removal at any moment of a join counts', async () => {
    expectKept('K3', await removalInAJoin(stage, { moments: MOMENTS }));
  });

  it('K3: also when LiveKit does not answer at the click', async () => {
    const moments = MOMENTS.filter((moment) => moment % 200 === 0);
    expectKept('K3, frozen', await removalInAJoin(stage, { moments, livekit: 'frozen' }));
  });

  it('K4: ten people see each other; the end reaches all, and no old token leads in', async () => {
    expectKept('K4', await endForEveryone(stage, { runs: 1 }));
  });

  it('K5: ten people, all out but the host, whose media goes on', async () => {
    expectKept('K5', await endButMe(stage, { runs: 2 }));
  }, 300_000);

  it('K7: the card and the first frame after Admit are there in time', async () => {
    expectKept('K7', await knockAndAdmit(stage, { rounds: 3 }));
  });

  it('K7: two hosts who click at the same moment decide once', async () => {
    expectKept('K7, two hosts', await twoHostsAtOnce(stage, { knocks: 6 }));
  });

  it('K7: the host’s reload loses no knock', async () => {
    expectKept('K7, reloads', await knocksOverReloads(stage, { reloads: 2 }));
  });

  it('K9: the host’s list is right one frame after the call', async () => {
    expectKept('K9', await theHostsList(stage, { removals: 10 }));
  });
});

describe('On two processes behind one address', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.startCluster({ settings: UNHURRIED });
  });
  afterAll(() => stage.close());

  it('K3: a removal at any moment of a join counts', async () => {
    expectKept('K3, two processes', await removalInAJoin(stage, { moments: MOMENTS }));
  });

  it('K6: nobody is admitted while the room is locked', async () => {
    expectKept('K6', await joinsAgainstTheLock(stage, { joins: 100, toggles: 25 }));
  });
});
