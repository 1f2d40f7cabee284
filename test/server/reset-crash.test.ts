import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../e2e/eventually.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { ResetHouse } from './support/reset-house.ts';
import { pgliteAndFolder, type Place, postgresAndS3 } from './support/reset-places.ts';
import { collect } from './support/uploader.ts';

/** Where a process stops until it is killed, and whether a stop is one of each step or within one. */
const STOPS = [
  { stop: 'before it began', on: 'insert on resets', outcome: 'nothing', each: true },
  { stop: 'while keys are deleted', on: 'delete on invitations', outcome: 'nothing' },
  { stop: 'while messages are deleted', on: 'delete on messages', outcome: 'all', each: true },
  { stop: 'while files are deleted', on: 'delete on files', outcome: 'all', each: true },
  { stop: 'while boards are deleted', on: 'delete on whiteboards', outcome: 'all' },
  { stop: 'while the log is deleted', on: 'delete on events', outcome: 'all' },
  {
    stop: 'while people are forgotten',
    on: 'update of name on admissions',
    outcome: 'all',
    each: true,
  },
  { stop: 'as a part is done', on: 'update of progress on resets', outcome: 'all' },
  {
    stop: 'before it is told',
    on: `insert on events when (new.type = 'room-reset')`,
    outcome: 'all',
    each: true,
  },
  { stop: 'at its very end', on: 'delete on resets', outcome: 'all' },
  {
    stop: 'as bytes are gone',
    on: `delete on outbox when (old.kind = 'bytes.delete')`,
    outcome: 'all',
    each: true,
  },
] as const;

/** Some starts of a server, and on a machine that is busy, ms. */
const PATIENCE = 180_000;

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

describe.each([
  { name: 'PostgreSQL and S3', open: () => postgresAndS3(s3), stops: STOPS },
  {
    // Each stop costs two starts more here: one in each step is enough.
    name: 'PGlite and a folder',
    open: pgliteAndFolder,
    stops: STOPS.filter((stop) => 'each' in stop),
  },
])('A full reset whose server is killed, on $name,', ({ open, stops }) => {
  let place: Place;
  let house: ResetHouse;
  beforeAll(async () => {
    place = await open();
    house = await ResetHouse.start(place.env);
  });
  afterAll(async () => {
    await house.child.end();
    await place.close();
  });

  /** Does what needs the database alone. */
  async function apart(act: () => Promise<void>): Promise<void> {
    if (place.isExclusive) await house.child.end('SIGTERM');
    await act();
    if (place.isExclusive) await house.child.start();
  }

  it.each(stops)(
    '$stop, comes to $outcome',
    async ({ stop, on, outcome }) => {
      const built = await house.build();
      await apart(() => place.arm(on));
      const asked = house
        .post(built.room, 'room-reset', { parts: ['activity'] }, built.host.session)
        .catch(() => 'killed');
      await eventually('the server stopped there', () => place.isReached());
      await house.child.end('SIGKILL');
      // The bytes are nobody's by then: the reset itself is done, and may be told.
      if (stop !== 'as bytes are gone') expect(await asked).toBe('killed');
      await asked;
      await place.disarm();
      await house.child.start();
      const start = performance.now();
      expect(await house.outcome(built)).toBe(outcome);
      const took = Math.round(performance.now() - start);
      console.log(`Killed ${stop}: settled ${took} ms after the next start`);
      expect(took).toBeLessThan(3_000);
      const count = outcome === 'all' ? 0 : 1;
      const kept = await eventually('the bytes follow', async () => {
        const keys = await collect(place.bytes.list('files/'));
        return keys.length === count ? keys : undefined;
      });
      // For the next, which counts them, too.
      for (const key of kept) await place.bytes.delete(key);
    },
    PATIENCE,
  );
});
