import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Livekit, startLivekit } from '../../demo/livekit.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { systemClock } from '../../src/server/clock.ts';
import { LiveKitSfu } from '../../src/server/sfu.ts';
import { eventually } from '../e2e/eventually.ts';
import { connect, DoorClient, join, joinQuery } from './support/door-client.ts';
import { sfuRoomOf } from './support/livekit.ts';
import { LivekitFront } from './support/livekit-front.ts';
import { ServerChild } from './support/server-child.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { entryToken, newRoom, newVisitor } from './support/tokens.ts';

/** What `serve` never writes: tokens, sessions. */
const SECRETS = /eyJ|access_token|[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;

describe.each(['PGlite', 'PostgreSQL'])('A server on %s that is killed', (storage) => {
  let livekit: Livekit;
  let front: LivekitFront;
  let sfu: LiveKitSfu;
  let child: ServerChild;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(joinPath(tmpdir(), 'meeting-crash-'));
    child = await ServerChild.prepare();
    livekit = await startLivekit({ webhookUrl: child.webhookUrl });
    front = await LivekitFront.before(livekit.url);
    sfu = new LiveKitSfu(livekit, systemClock);
    const data = joinPath(folder, 'data');
    if (storage === 'PGlite') await seedFolder(data);
    await child.start({
      LIVEKIT_URL: front.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      ...(storage === 'PGlite' ? { MEETING_DATA: data } : { DATABASE_URL: await newDatabase() }),
    });
  });
  afterAll(async () => {
    await child.end();
    front.stop();
    await livekit.stop();
    await rm(folder, { recursive: true, force: true });
    expect(child.said).not.toMatch(SECRETS);
  });

  async function post<Body>(
    room: string,
    stem: string,
    input: object,
    session?: string,
  ): Promise<{ status: number; body: Body }> {
    const response = await fetch(`${child.url}/rooms/${room}/${stem}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(session && { authorization: `Bearer ${session}` }),
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  async function enter(room: string, access: 'host' | 'always', sub: string): Promise<Entered> {
    const token = await entryToken({ room, access, sub, name: sub });
    const input = { visitor: newVisitor(), entryToken: token };
    const { status, body } = await post<Entered>(room, 'call-enter', input);
    expect(status).toBe(200);
    return body;
  }

  it('abuse 61: between a removal and LiveKit hearing of it carries it out after the next start', async () => {
    const room = newRoom();
    const host = await enter(room, 'host', 'hanna');
    const max = await enter(room, 'always', 'max');
    await join(child.url, host.token);
    // Past the door: somebody whose media goes on stays when the door's process dies.
    const direct = `${livekit.url.replace('http', 'ws')}/rtc?access_token=${max.token}`;
    const media = new DoorClient(new WebSocket(direct));
    const { identity } = max.me;
    const isThere = async () => {
      const there = await sfu.listParticipants(sfuRoomOf(max.token));
      return there.some((one) => one.identity === identity);
    };
    await eventually('Max is in LiveKit', isThere);
    front.hold('RemoveParticipant');
    const removal = await post<Answer<'participant-remove'>>(
      room,
      'participant-remove',
      { identity },
      host.session,
    );
    expect(removal).toMatchObject({ status: 200, body: { settled: false } });
    expect(front.held).toBeGreaterThan(0);
    await child.end('SIGKILL');
    front.hold(undefined);
    expect(await isThere(), 'LiveKit has not heard of it').toBe(true);
    await child.start();
    const start = performance.now();
    await eventually('Max is out of LiveKit', async () => !(await isThere()));
    const took = Math.round(performance.now() - start);
    console.log(`${storage}: a removal was carried out ${took} ms after the next start`);
    expect(took).toBeLessThan(3_000);
    await media.closed;
    expect((await connect(child.url, joinQuery(max.token))).status).toBe(403);
    const resumed = await post(room, 'call-resume', {}, max.session);
    expect(resumed).toMatchObject({ status: 403, body: { exit: { reason: 'removed' } } });
    const back = await post<Entered>(room, 'call-resume', {}, host.session);
    const again = await eventually('the host is in again', async () => {
      const tried = await connect(child.url, joinQuery(back.body.token));
      return tried.status === 101 ? tried.client : undefined;
    });
    again.close();
  });

  it('while it works has kept all that it said was done', async () => {
    const room = newRoom();
    const host = await enter(room, 'host', 'hanna');
    let confirmed = 0;
    let locked = true;
    const working = (async () => {
      for (;;) {
        locked = !locked;
        const { body } = await post<{ seq: number }>(room, 'room-lock', { locked }, host.session);
        confirmed = body.seq;
      }
    })().catch(() => 'the server is dead');
    await eventually('some work', () => confirmed >= 30);
    await child.end('SIGKILL');
    await working;
    await child.start();
    const headers = { authorization: `Bearer ${host.session}` };
    const response = await fetch(`${child.url}/rooms/${room}/events?after=0`, { headers });
    const { events } = (await response.json()) as Answer<'events'>;
    expect(events.length).toBeGreaterThanOrEqual(confirmed);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect((await enter(room, 'host', 'hanna')).seq).toBe(events.length);
  });

  it('is told to end, and ends well', async () => {
    expect(await child.end('SIGTERM')).toBe(0);
    await child.start();
  });
});

describe('Two servers on one folder', () => {
  it('are one too many, and the second says so', async () => {
    const folder = await mkdtemp(joinPath(tmpdir(), 'meeting-folder-'));
    const data = joinPath(folder, 'data');
    await seedFolder(data);
    const env = {
      LIVEKIT_URL: 'ws://127.0.0.1:9',
      LIVEKIT_API_KEY: 'key',
      LIVEKIT_API_SECRET: 's'.repeat(32),
      MEETING_DATA: data,
    };
    const first = await ServerChild.prepare();
    const second = await ServerChild.prepare();
    try {
      await first.start(env);
      const { code, said } = await second.run(env);
      expect(code).toBe(1);
      expect(said).toMatch(/The folder .* is in use by process \d+\. PGlite allows one process/);
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
      await first.end('SIGKILL');
      await second.start(env);
    } finally {
      await first.end();
      await second.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
