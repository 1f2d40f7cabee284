import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/protocol/routes.ts';
import { eventually } from '../e2e/eventually.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { ResetHouse } from './support/reset-house.ts';
import { pgliteAndFolder, type Place, postgresAndS3 } from './support/reset-places.ts';
import { collect } from './support/uploader.ts';

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

describe.each([
  { name: 'PostgreSQL and S3', open: () => postgresAndS3(s3) },
  { name: 'PGlite and a folder', open: pgliteAndFolder },
])('The trash of a server that is killed, on $name,', ({ open }) => {
  let place: Place;
  let house: ResetHouse;
  beforeAll(async () => {
    place = await open();
    house = await ResetHouse.start({ ...place.env, MEETING_TRASH_HOURS: '1' });
  });
  afterAll(async () => {
    await house.child.end();
    await place.close();
  });

  const keys = (): Promise<string[]> => collect(place.bytes.list('files/'));

  it('outlives it, and empties itself by its next start when its time was over meanwhile', async () => {
    const { room, host } = await house.build();
    const reset = async (): Promise<string> => {
      const parts = { parts: ['chat', 'whiteboards-and-files'] };
      const done = await house.post<Answer<'room-reset'>>(room, 'room-reset', parts, host.session);
      expect(done.body.settled).toBe(true);
      return done.body.receipt?.restorable?.id ?? '';
    };
    const restore = (id: string) =>
      house.post<Answer<'reset-restore'> & { code?: string }>(
        room,
        'reset-restore',
        { id },
        host.session,
      );
    const first = await reset();
    await house.child.end('SIGKILL');
    await house.child.start();
    expect((await restore(first)).body.parts).toEqual([
      { part: 'chat', count: 1 },
      { part: 'whiteboards-and-files', count: 2 },
    ]);
    expect(await keys()).toHaveLength(1);

    const second = await reset();
    expect(await keys()).toHaveLength(1);
    await house.child.end('SIGTERM');
    await place.run('update trash set until = 1');
    await house.child.start();
    await eventually('the bytes are gone', async () => (await keys()).length === 0);
    const { status, body } = await restore(second);
    expect([status, body.code]).toEqual([404, 'reset-not-found']);
  }, 180_000);
});
