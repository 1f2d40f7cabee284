import { TrackSource } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** The screens that LiveKit has of somebody. */
async function screensAt(person: Person): Promise<number> {
  for (const { name } of await stage.sfu.listRooms()) {
    const people = await stage.sfu.listParticipants(name).catch(() => []);
    const own = people.find(({ identity }) => identity === person.entered.me.identity);
    const screens = own?.tracks.filter(({ source }) => source === TrackSource.SCREEN_SHARE);
    if (screens) return screens.length;
  }
  return 0;
}

const share = ({ page }: Person, name = 'Share your screen') =>
  page.getByRole('toolbar').getByRole('button', { name, exact: true });
const screenOf = ({ page }: Person, name: string) =>
  page.getByRole('group', { name: `${name}’s screen` });

describe('Somebody shares their screen', () => {
  it('and the others see it large, until the button, the browser or presenter mode ends it', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });

    await share(guest).click();
    await screenOf(host, 'Gil').waitFor();
    await eventually('the picture moves at the host’s', () =>
      host.page.evaluate<boolean>(`(() => {
        const video = probe.deep(document).find((e) => e.localName === 'meeting-screen')
          ?.shadowRoot.querySelector('video');
        return video?.readyState >= 2 && video.videoWidth > 0;
      })()`),
    );
    const box = await screenOf(host, 'Gil').boundingBox();
    const stageBox = await host.page.locator('meeting-grid').boundingBox();
    expect(box?.width).toBeGreaterThan((stageBox?.width ?? 0) / 2);
    expect(await screensAt(guest)).toBe(1);
    expect(await host.hears('screen-share-changed')).toMatchObject({
      on: true,
      participant: { name: 'Gil' },
    });

    // Whoever shares reads so, and one's own screen is not shown in itself.
    const line = guest.page.getByRole('group', { name: 'You’re sharing your screen' });
    await line.getByRole('button', { name: 'Stop sharing' }).click();
    await screenOf(host, 'Gil').waitFor({ state: 'detached' });
    await line.waitFor({ state: 'detached' });
    await eventually('LiveKit has none', async () => (await screensAt(guest)) === 0);

    // The browser's own bar ends the track.
    await share(guest).click();
    await screenOf(host, 'Gil').waitFor();
    await guest.page.evaluate(`(() => {
      const video = probe.deep(document).find((e) => e.localName === 'meeting-screen')
        .shadowRoot.querySelector('video');
      const [track] = video.srcObject.getTracks();
      track.stop();
      track.dispatchEvent(new Event('ended'));
    })()`);
    await screenOf(host, 'Gil').waitFor({ state: 'detached' });
    await share(guest).waitFor();

    await share(guest).click();
    await screenOf(host, 'Gil').waitFor();
    await host.calls('setPresenterMode', true);
    await screenOf(host, 'Gil').waitFor({ state: 'detached' });
    await guest.page.getByText('Your screen is no longer shared').first().waitFor();
    await eventually('the button says why', async () => {
      return (await share(guest).getAttribute('aria-description')) === 'Only hosts present now';
    });
    await eventually('LiveKit has none', async () => (await screensAt(guest)) === 0);
    expect(await guest.calls('explain', 'screen-share')).toEqual({
      allowed: false,
      why: 'presenter-mode',
    });

    // Hosts still may, and who comes later sees it, too.
    await share(host).click();
    await screenOf(guest, 'Hanna').waitFor();
    const late = await stage.member(room, 'Lena', { camera: false });
    await screenOf(late, 'Hanna').waitFor();
    await stage.closeAll(host, guest, late);
  });
});
