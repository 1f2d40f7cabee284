import { UpdateParticipantMetadata, SignalRequest } from '@livekit/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { type DoorClient, join } from './support/door-client.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { newRoom } from './support/tokens.ts';

let house: House;
let admin: RoomServiceClient;
beforeAll(async () => {
  house = await House.open();
  const { url, apiKey, apiSecret } = house.livekit;
  admin = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
});
afterAll(() => house.close());

async function inCall(access: 'host' | 'always'): Promise<{ stay: Entered; door: DoorClient }> {
  const { body: stay } = await house.server.enter(newRoom(), { access, sub: 'gil', name: 'Gil' });
  return { stay, door: await join(house.server.url, stay.token) };
}

it.each(['host', 'always'] as const)(
  'abuse 26: who is in (%s) has no LiveKit data to send, nor after a refresh',
  async (access) => {
    const { stay, door } = await inCall(access);
    for (const token of [stay.token, await door.refreshedToken()]) {
      const { video } = decodeJwt(token) as { video: Record<string, unknown> };
      expect(video['canPublishData']).toBe(false);
      for (const grant of ['roomAdmin', 'roomCreate', 'roomList', 'roomRecord', 'ingressAdmin']) {
        expect(video[grant] ?? false, grant).toBe(false);
      }
    }
    const { permission } = await admin.getParticipant(sfuRoomOf(stay.token), stay.me.identity);
    expect(permission?.canPublishData).toBe(false);
    door.close();
  },
);

const BEHIND = [
  '/twirp/livekit.RoomService/ListRooms',
  '/twirp/livekit.RoomService/RemoveParticipant',
  '/twirp/livekit.Egress/ListEgress',
  '/agent',
  '/whip/v1',
  '/whep',
  '/sip',
  '/debug/pprof/',
  '/debug/goroutine',
  '/rtc/../twirp/livekit.RoomService/ListRooms',
  '/rtc/%2e%2e/agent',
  '/settings/regions',
];

it.each(BEHIND)('abuse 29: what LiveKit has at %s is not behind the door', async (path) => {
  const { stay, door } = await inCall('host');
  const headers = { authorization: `Bearer ${stay.token}`, 'content-type': 'application/json' };
  const statuses = [];
  for (const base of [house.server.url, new URL(house.server.url).origin]) {
    const url = `${base}${path}`;
    statuses.push(
      (await fetch(url, { headers })).status,
      (await fetch(url, { method: 'POST', headers, body: '{}' })).status,
      await upgradeStatus(`${url}?access_token=${stay.token}`),
    );
  }
  for (const status of statuses) expect([403, 404]).toContain(status);
  // And with LiveKit's port in reach, the token of a host is nobody's there.
  if (path.startsWith('/twirp')) {
    const inside = await fetch(house.livekit.url.replace(/^ws/, 'http') + path, {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect([401, 404]).toContain(inside.status);
  }
  door.close();
});

it('abuse 30: who is in changes neither their name, attributes, metadata nor grants', async () => {
  const { stay, door } = await inCall('always');
  const sfuRoom = sfuRoomOf(stay.token);
  const { identity } = stay.me;
  const before = await admin.getParticipant(sfuRoom, identity);
  const value = new UpdateParticipantMetadata({
    metadata: '{"role":"host"}',
    name: 'Host',
    attributes: { role: 'host', 'lk.permission': 'admin' },
  });
  const request = new SignalRequest({ message: { case: 'updateMetadata', value } });
  door.socket.send(request.toBinary());
  // LiveKit has seen to it once it answers what comes after it.
  await door.ping();
  const after = await admin.getParticipant(sfuRoom, identity);
  const of = ({ name, metadata, attributes, permission }: typeof after) =>
    JSON.stringify([name, metadata, attributes, permission?.toJson()]);
  expect(of(after)).toBe(of(before));
  expect(
    (await house.server.ask('room-lock', stay.room.name, { locked: false }, stay.session)).code,
  ).toBe('not-host');
  door.close();
});

it('abuse 46: what LiveKit’s webhooks say is in no log, whether it is believed or not', async () => {
  const { stay, door } = await inCall('always');
  house.server.log.forbid('turn-password-of-the-room');
  const name = sfuRoomOf(stay.token);
  const body = JSON.stringify({
    event: 'participant_left',
    room: { name, sid: 'RM_x', turnPassword: 'turn-password-of-the-room' },
    participant: { identity: stay.me.identity, sid: 'PA_x' },
    id: 'EV_x',
  });
  expect((await house.webhook(body)).status).toBe(204);
  expect((await house.webhook(body, 'x'.repeat(40))).status).toBe(401);
  expect((await house.webhook(`${body} turn-password-of-the-room`)).status).toBeLessThan(500);
  // And who is said to have left is still there.
  await door.ping();
  expect((await house.server.meeting.rooms.get(stay.room.name)).roster).toHaveLength(1);
  house.server.log.expectNoSecrets();
  door.close();
});

/** The status that an upgrade is answered with. */
async function upgradeStatus(url: string): Promise<number> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  return new Promise((resolve) => {
    socket.on('error', () => resolve(404));
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}
