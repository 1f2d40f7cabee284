import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const devices = ({ page }: Person): Promise<[camera: string, microphone: string]> =>
  page.evaluate(`(() => {
    const { camera, microphone } = document.querySelector('meeting-room').store.devices.value;
    return [camera.phase, microphone.phase];
  })()`);

describe('Whoever reloads the page', () => {
  it('is not seen and heard who turned both off on the join screen', async () => {
    const room = stage.newRoom();
    const guest = await stage.opens({ room, name: 'Gil', as: 'member' });
    for (const name of ['Turn camera off', 'Mute microphone']) {
      await guest.page.getByRole('button', { name, exact: true }).click();
    }
    await guest.join();
    expect(await devices(guest)).toEqual(['off', 'off']);
    await guest.page.reload();
    await guest.hears('meeting-joined');
    await throughout('both stay off', 1_500, async () => {
      return (await devices(guest)).join() === 'off,off';
    });
  });
});

describe('Whoever is asked whether to leave the page, and stays,', () => {
  it('is still in the call, with camera and screen', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil');
    await guest.page.getByRole('button', { name: 'Share your screen', exact: true }).click();
    await host.page.getByRole('group', { name: 'Gil’s screen' }).waitFor();
    await host.seesMoving('Gil');
    // What a page hears before the browser asks.
    await guest.page.evaluate(`dispatchEvent(new Event('beforeunload', { cancelable: true }))`);
    await throughout('nothing is lost', 1_500, async () => {
      return (await guest.heard('meeting-reconnecting')).length === 0;
    });
    await host.seesMoving('Gil');
    expect(await host.page.getByRole('group', { name: 'Gil’s screen' }).count()).toBe(1);
    expect(await devices(guest)).toEqual(['on', 'on']);
  });
});
