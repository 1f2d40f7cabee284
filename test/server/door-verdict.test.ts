import { gzipSync } from 'node:zlib';
import { WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import type { Storage } from '../../src/server/storage/storage.ts';
import { connect, joinQuery, joinRequest } from './support/door-client.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { problemOf } from './support/server.ts';
import { dump } from './support/storages.ts';
import { newRoom, sign, unsigned } from './support/tokens.ts';

const LISTED = 'https://shop.example';

let house: House;
let storage: Storage;
let room: string;
let host: Entered;
let max: Entered;
let removed: Entered;
let left: Entered;

beforeAll(async () => {
  house = await House.open({ origins: [LISTED] });
  const { server } = house;
  storage = await openStorage({ url: server.database ?? '' }, server.log);
  room = newRoom();
  host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
  max = (await server.enter(room, { access: 'always', sub: 'max' })).body;
  removed = (await server.enter(room, { access: 'always', sub: 'rob' })).body;
  left = (await server.enter(room, { access: 'always', sub: 'lea' })).body;
  const { identity } = removed.me;
  await server.ask('participant-remove', room, { identity }, host.session);
  await server.ask('call-leave', room, {}, left.session);
});
afterAll(async () => {
  await storage.close();
  await house.close();
});

const seconds = (from: number): number => Math.floor(Date.now() / 1_000) + from;
const own = (more: object): Promise<string> =>
  house.token(max.me.identity, sfuRoomOf(max.token), more as never);

/** Asks the door by both ways, which must say the same and change nothing. */
async function refusedBoth(query: string): Promise<{ status: number; code: string }> {
  const before = await dump(storage.db, ['admissions', 'seats', 'events']);
  const response = await house.server.fetch(`/rtc/v1/validate?${query}`, {
    headers: { origin: LISTED },
  });
  expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
  const { code, status } = await problemOf(response);
  const tried = await connect(house.server.url, query);
  expect({ status: tried.status, code: tried.problem?.code }).toEqual({ status, code });
  expect(await dump(storage.db, ['admissions', 'seats', 'events'])).toBe(before);
  return { status, code };
}

describe('abuse 48: The door refuses a token', () => {
  it.each([
    ['that is garbage', async () => 'garbage'],
    ['that is empty', async () => ''],
    ['of another secret', () => sign({ sub: max.me.identity, exp: seconds(60) }, 'x'.repeat(40))],
    [
      'without a signature',
      async () => unsigned({ iss: house.livekit.apiKey, sub: max.me.identity, exp: seconds(60) }),
    ],
    ['of another key', () => own({ iss: 'other' })],
    ['without an end', () => own({ exp: undefined })],
    ['that ended 5 s ago', () => own({ exp: seconds(-5) })],
    ['that begins in 2 minutes', () => own({ nbf: seconds(120) })],
    ['signed in 2 minutes', () => own({ nbf: undefined, iat: seconds(120) })],
    ['for nobody', () => own({ sub: undefined })],
    ['for no room', () => own({ video: { roomJoin: true } })],
    ['that lets nobody join', () => own({ video: { room: sfuRoomOf(max.token) } })],
    ['for the API', () => own({ video: { roomAdmin: true, room: sfuRoomOf(max.token) } })],
  ])('%s', async (_what, make) => {
    const query = joinQuery(await make());
    expect(await refusedBoth(query)).toEqual({ status: 401, code: 'door-token-invalid' });
  });
});

describe('The door refuses a seat', () => {
  it.each([
    [
      'that nobody has',
      () => house.token(`p_${'x'.repeat(22)}`, sfuRoomOf(max.token)),
      'seat-invalid',
    ],
    [
      'in another room',
      () => house.token(max.me.identity, `r_${'0'.repeat(32)}_1`),
      'seat-invalid',
    ],
    [
      'of another epoch',
      () => house.token(max.me.identity, sfuRoomOf(max.token).replace(/1$/, '2')),
      'seat-invalid',
    ],
    ['of a ghost', () => house.token(`${max.me.identity}#x`, sfuRoomOf(max.token)), 'seat-invalid'],
    ['of somebody who was removed', async () => removed.token, 'admission-over'],
    ['of somebody who left', async () => left.token, 'admission-over'],
  ])('%s', async (_what, make, code) => {
    expect(await refusedBoth(joinQuery(await make()))).toEqual({ status: 403, code });
  });
});

describe('abuse 3: The door refuses parameters', () => {
  const bomb = (): string =>
    Buffer.from(
      new WrappedJoinRequest({
        joinRequest: new Uint8Array(gzipSync(Buffer.alloc(5_000_000, 0x20))),
        compression: WrappedJoinRequest_Compression.GZIP,
      }).toBinary(),
    ).toString('base64');
  const request = (value: string): string =>
    new URLSearchParams({ access_token: max.token, join_request: value }).toString();

  it.each([
    ['publish', () => `${joinQuery(max.token)}&publish=zz`],
    ['reconnect and sid', () => `${joinQuery(max.token)}&reconnect=1&sid=PA_x`],
    ['attributes', () => `${joinQuery(max.token)}&attributes=e30`],
    ['an empty name', () => `${joinQuery(max.token)}&=x`],
    ['a token twice', () => `${joinQuery(max.token)}&access_token=${host.token}`],
    ['a join request twice', () => `${joinQuery(max.token)}&join_request=${joinRequest()}`],
    ['a join request that is empty', () => request('')],
    ['a join request that is no base64', () => request('???')],
    ['a join request that is no protobuf', () => request('AAAA')],
    ['a join request that is no gzip', () => request('CAESAmhp')],
    ['a join request that inflates to 5 MB', () => request(bomb())],
    ['a join request just over 64 kB', () => request(joinRequest({ pad: 64_001 }))],
    ['a join request of 90 kB', () => request('A'.repeat(90_004))],
  ])('%s', async (what, query) => {
    // Node itself takes no request line of more than 16 kB.
    if (what.endsWith('90 kB')) {
      const response = await house.server.fetch(`/rtc/v1/validate?${query()}`);
      expect(response.status).toBe(431);
      return;
    }
    expect(await refusedBoth(query())).toEqual({ status: 400, code: 'invalid-input' });
  });
});

describe('The door', () => {
  it.each(['/rtc', '/rtc/v0', '/rtc/v1/', '/rtc/v1/x', '/rtc/validate', '/rtc/v2'])(
    'has no way in by %s',
    async (path) => {
      for (const query of [joinQuery(max.token), `access_token=${max.token}&publish=zz`]) {
        const { status, problem } = await connect(house.server.url, query, path);
        expect([status, problem?.code]).toEqual([403, 'door-path-forbidden']);
      }
      expect(await house.identities(sfuRoomOf(max.token))).toEqual([]);
    },
  );

  it('says yes to a good seat by validate, and nothing has happened', async () => {
    const before = await dump(storage.db, ['admissions', 'seats', 'events']);
    for (const query of [joinQuery(max.token), `access_token=${max.token}`]) {
      const response = await house.server.fetch(`/rtc/v1/validate?${query}`, {
        headers: { origin: LISTED },
      });
      expect([response.status, await response.text()]).toEqual([200, 'success']);
      expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
    }
    expect(await dump(storage.db, ['admissions', 'seats', 'events'])).toBe(before);
    expect(await house.identities(sfuRoomOf(max.token))).toEqual([]);
  });

  it('abuse 48: takes a minute of difference between the clocks, and none after the end', async () => {
    for (const more of [{ nbf: seconds(50) }, { exp: seconds(10) }]) {
      const query = joinQuery(await own(more));
      expect((await house.server.fetch(`/rtc/v1/validate?${query}`)).status).toBe(200);
    }
    expect((await refusedBoth(joinQuery(await own({ exp: seconds(0) })))).status).toBe(401);
  });
});
