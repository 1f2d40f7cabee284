import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryDoor } from './door.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import { RawPage } from './raw.ts';
import { Wire } from './wire.ts';

let stage: Stage;
let wire: Wire;

beforeAll(async () => {
  stage = await Stage.start({
    between: async (url) => {
      wire = await Wire.to(url);
      return wire.url;
    },
  });
});
afterAll(async () => {
  await stage.close();
  wire.stop();
});

describe('Somebody with a stolen token', () => {
  it('abuse 5: is refused while the guest is there, and the guest notices nothing', async () => {
    const room = stage.newRoom();
    const server = wire.url;
    const host = await stage.host(room, 'Hanna', { server });
    const guest = await stage.member(room, 'Gil', { server });
    await host.seesMoving('Gil');
    const { base, token, refreshed } = await guest.doorWithRefreshed();
    const before = await guest.heard();
    const statuses: number[] = [];
    for (const stolen of [token, refreshed]) {
      for (const reconnect of [false, true]) {
        const attempt = await tryDoor(base, stolen, { reconnect });
        statuses.push(attempt.status);
        attempt.close();
      }
    }
    const raw = await RawPage.open(await stage.newProfile(), stage.pages.origin);
    const connected = (await raw.connect(base, refreshed)).connected;
    await raw.close();
    console.log(
      `stolen token, guest there: answered ${statuses.join(', ')}; livekit-client in: ${connected}`,
    );
    expect(statuses).toEqual([503, 503, 503, 503]);
    expect(connected).toBe(false);
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    expect(await guest.heard()).toEqual(before);
    await stage.closeAll(host, guest);
  });
});

describe('An honest reconnect', () => {
  it('over a half-open socket is let in, and the call goes on', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil', { server: wire.url });
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    const first = await guest.door();
    const start = performance.now();
    wire.break();
    const halfOpen = wire.open;
    expect(halfOpen, 'the server takes the old connections for open').toBeGreaterThan(0);
    await eventually('a new connection to the door', async () => (await guest.door()) !== first);
    await eventually('LiveKit answers on it', async () => (await guest.door()).refreshed);
    console.log(`reconnect over a half-open socket: ${(performance.now() - start).toFixed(0)} ms`);
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    expect(await host.heard('participant-left')).toEqual([]);
    expect(await guest.heard('meeting-left')).toEqual([]);
    expect(await stage.sfuIdentities(host)).toContain(guest.entered.me.identity);
    await stage.closeAll(host, guest);
  });
});
