import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually, throughout } from '../e2e/eventually.ts';
import { connect, DoorClient, join, joinQuery } from './support/door-client.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { problemOf } from './support/server.ts';
import { newRoom } from './support/tokens.ts';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

/** A host in the call, and LiveKit's name of it. */
async function hosted(): Promise<{
  room: string;
  host: Entered;
  door: DoorClient;
  sfuRoom: string;
}> {
  const room = newRoom();
  const { body: host } = await house.server.enter(room, { access: 'host', sub: 'hanna' });
  const door = await join(house.server.url, host.token);
  return { room, host, door, sfuRoom: sfuRoomOf(host.token) };
}

/** Past the door, to LiveKit's own port, as only somebody with the key can. */
async function intrude(sfuRoom: string, identity: string, more = {}): Promise<DoorClient> {
  const token = await house.token(identity, sfuRoom, more);
  const url = house.livekit.url.replace('http', 'ws');
  const client = new DoorClient(new WebSocket(`${url}/rtc?access_token=${token}`));
  await eventually(`${identity} is in LiveKit`, () => client.messages.length > 0);
  return client;
}

const woken = (name: string): string =>
  JSON.stringify({ event: 'participant_joined', room: { name, sid: 'RM_x' }, id: 'EV_x' });

describe('Whoever LiveKit has without a seat', () => {
  it('abuse 3: is put out soon after LiveKit told of them, agents are not', async () => {
    const { sfuRoom, host, door } = await hosted();
    const agent = await intrude(sfuRoom, 'agent-1', { kind: 'agent' });
    const stranger = await intrude(sfuRoom, `p_${'s'.repeat(22)}`);
    const ghost = await intrude(sfuRoom, `${host.me.identity}#x`);
    const start = performance.now();
    expect((await house.webhook(woken(sfuRoom))).status).toBe(204);
    await Promise.all([stranger.closed, ghost.closed]);
    expect(performance.now() - start).toBeLessThan(4_000);
    expect((await house.identities(sfuRoom)).sort()).toEqual([host.me.identity, 'agent-1'].sort());
    await agent.ping();
    for (const client of [agent, door]) client.close();
  });

  it('is put out without being told of', async () => {
    const { sfuRoom, host, door } = await hosted();
    const stranger = await intrude(sfuRoom, 'somebody');
    await stranger.closed;
    expect(await house.identities(sfuRoom)).toEqual([host.me.identity]);
    door.close();
  });
});

describe('Whoever LiveKit lets share a screen by mistake', () => {
  it('may so no more, and whoever it does not let by mistake may, without being told of', async () => {
    const { room, sfuRoom, host, door } = await hosted();
    const { body: guest } = await house.server.enter(room, { access: 'always', sub: 'max' });
    const other = await join(house.server.url, guest.token);
    const presents = async (): Promise<boolean[]> => {
      const there = await house.sfu.listParticipants(sfuRoom);
      const of = (identity: string) => there.find((one) => one.identity === identity)?.presents;
      return [of(host.me.identity) === true, of(guest.me.identity) === true];
    };
    await house.server.meeting.rooms.setPresenterMode(room, true);
    await eventually('hosts alone present', async () => String(await presents()) === 'true,false');
    // As by somebody with the key, or by a LiveKit that came back with what it knew.
    await house.sfu.setPresents(sfuRoom, guest.me.identity, true);
    await house.sfu.setPresents(sfuRoom, host.me.identity, false);
    expect(await presents()).toEqual([false, true]);
    await eventually(
      'LiveKit is corrected',
      async () => String(await presents()) === 'true,false',
      15_000,
    );
    for (const client of [door, other]) client.close();
  });
});

describe('abuse 45: A webhook', () => {
  it('that is not signed by our LiveKit is refused', async () => {
    const { sfuRoom, door } = await hosted();
    const wrong = await house.webhook(woken(sfuRoom), 'x'.repeat(40));
    expect([wrong.status, (await problemOf(wrong)).code]).toEqual([401, 'door-token-invalid']);
    const without = await house.server.fetch('/webhooks/livekit', {
      method: 'POST',
      headers: { 'content-type': 'application/webhook+json' },
      body: woken(sfuRoom),
    });
    expect(without.status).toBe(401);
    const type = await house.server.fetch('/webhooks/livekit', { method: 'POST', body: 'x' });
    expect(type.status).toBe(415);
    door.close();
  });

  it('of another body than the signed one is refused', async () => {
    const { sfuRoom, door } = await hosted();
    const headers = new Headers();
    const capture = house.server.fetch.bind(house.server);
    house.server.fetch = (path, init) => {
      new Headers(init?.headers).forEach((value, name) => headers.set(name, value));
      return capture(path, init);
    };
    await house.webhook(woken(sfuRoom));
    house.server.fetch = capture;
    const changed = await capture('/webhooks/livekit', {
      method: 'POST',
      headers,
      body: woken('r_other'),
    });
    expect(changed.status).toBe(401);
    const replays = await Promise.all(
      Array.from({ length: 20 }, () =>
        capture('/webhooks/livekit', { method: 'POST', headers, body: woken(sfuRoom) }),
      ),
    );
    expect(new Set(replays.map(({ status }) => status))).toEqual(new Set([204]));
    await door.ping();
    door.close();
  });

  it('about what is not ours, or signed nonsense, harms nobody', async () => {
    for (const body of [woken('other'), woken('r_x'), '{}', '{"room":7}', 'nonsense']) {
      expect((await house.webhook(body)).status, body).toBeLessThan(500);
    }
  });
});

describe('LiveKit', () => {
  it('may lose a room: the next who comes finds it made again', async () => {
    const { host, door, sfuRoom } = await hosted();
    await house.sfu.deleteRoom(sfuRoom);
    await door.closed;
    expect(await house.identities(sfuRoom)).toEqual([]);
    const back = await eventually('in again', async () => {
      const tried = await connect(house.server.url, joinQuery(host.token));
      return tried.status === 101 ? tried.client : undefined;
    });
    await back.ping();
    expect(await house.identities(sfuRoom)).toEqual([host.me.identity]);
    back.close();
  });

  it('may be away: joins wait their turn, and people are in again once it is back', async () => {
    const { host, room, door } = await hosted();
    await house.livekit.stop();
    await door.closed;
    const { body } = await house.server.ask('call-resume', room, {}, host.session);
    const refused = await connect(house.server.url, joinQuery(body.token));
    expect([refused.status, refused.problem?.code]).toEqual([503, 'sfu-unreachable']);
    expect(refused.problem?.retryAfter).toBeGreaterThan(0);
    await house.livekit.restart();
    const back = await join(house.server.url, body.token);
    await back.ping();
    back.close();
  });

  it('may freeze: whoever is removed while joining is told so, not to try again', async () => {
    const { host, room, door, sfuRoom } = await hosted();
    const { body: max } = await house.server.enter(room, { access: 'always', sub: 'max' });
    house.livekit.kill('SIGSTOP');
    try {
      const joining = connect(house.server.url, joinQuery(max.token));
      await eventually('the door is asking LiveKit', async () => {
        const { status } = await house.server.fetch(`/rtc/v1/validate?${joinQuery(max.token)}`);
        return status === 503;
      });
      const { identity } = max.me;
      await house.server.ask('participant-remove', room, { identity }, host.session);
      const { status, problem } = await joining;
      expect([status, problem?.code, problem?.exit?.reason]).toEqual([
        403,
        'admission-over',
        'removed',
      ]);
    } finally {
      house.livekit.kill('SIGCONT');
    }
    await door.ping();
    expect(await house.identities(sfuRoom)).toEqual([host.me.identity]);
    door.close();
  });

  it('abuse 60: may freeze: nobody is declared gone, and a removal is done when it thaws', async () => {
    const { host, room, door, sfuRoom } = await hosted();
    const { body: max } = await house.server.enter(room, { access: 'always', sub: 'max' });
    const maxDoor = await join(house.server.url, max.token);
    house.livekit.kill('SIGSTOP');
    try {
      const { identity } = max.me;
      const answer = await house.server.ask('participant-remove', room, { identity }, host.session);
      expect(answer.body.settled).toBe(false);
      await maxDoor.closed;
      const tried = await connect(house.server.url, joinQuery(max.token));
      expect(tried.status).toBe(403);
      await throughout('the host is in the call', 3_000, async () => {
        const { roster } = await house.server.meeting.rooms.get(room);
        return roster.length === 1 && roster[0]?.person === 'hanna';
      });
    } finally {
      house.livekit.kill('SIGCONT');
    }
    await eventually('Max is out of LiveKit', async () => {
      return !(await house.identities(sfuRoom)).includes(max.me.identity);
    });
    await door.ping();
    door.close();
  });
});
