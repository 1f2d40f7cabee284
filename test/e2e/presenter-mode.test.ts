import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrackSource } from 'livekit-server-sdk';
import { call, enter, newVisitor } from './door.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';
import { RawPage } from './raw.ts';

/** A screen as livekit-client sends it; the picture is a canvas, for a headless browser has no other. */
const SHARE = `(async () => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext('2d');
  setInterval(() => pen.fillRect(0, 0, Math.random() * 64, 64), 100);
  const [track] = canvas.captureStream(10).getVideoTracks();
  const publication = await room.localParticipant.publishTrack(track, { source: 'screen_share' });
  return publication.trackSid;
})()`;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** Somebody with a plain livekit-client, who cares for no button of ours. */
async function rawly(room: string, access: 'host' | 'always', name: string) {
  const entryToken = await stage.pages.sign({ room, access, subject: name, name });
  const { body } = await enter(stage.server.url, room, { visitor: newVisitor(), name, entryToken });
  const raw = await RawPage.open(await stage.newProfile(), stage.pages.origin);
  expect((await raw.connect(body.door, body.token)).connected).toBe(true);
  return { raw, entered: body };
}

/** Who shares a screen, as LiveKit has it. */
async function sharers(host: Person): Promise<string[]> {
  for (const { name } of await stage.sfu.listRooms()) {
    const people = await stage.sfu.listParticipants(name).catch(() => []);
    if (!people.some(({ identity }) => identity === host.entered.me.identity)) continue;
    return people
      .filter(({ tracks }) => tracks.some(({ source }) => source === TrackSource.SCREEN_SHARE))
      .map((one) => one.name)
      .sort();
  }
  return [];
}

describe('P17 presenter mode', () => {
  it('ends what guests share, refuses it at LiveKit, leaves hosts theirs, and says why', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    const rawGuest = await rawly(room, 'always', 'Rita');
    const rawHost = await rawly(room, 'host', 'Hugo');
    await rawGuest.raw.page.evaluate(SHARE);
    await rawHost.raw.page.evaluate(SHARE);
    await eventually('both share', async () => (await sharers(host)).length === 2);

    await host.calls('openSettings', 'room');
    const dialog = host.page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByRole('switch', { name: 'Presenter mode' }).click();
    await eventually('the guest’s screen is gone', async () => {
      return (await sharers(host)).join() === 'Hugo';
    });
    expect(await guest.hears('presenter-mode-changed')).toMatchObject({
      on: true,
      by: { name: 'Hanna' },
    });
    await expect(rawGuest.raw.page.evaluate(SHARE), 'LiveKit refuses').rejects.toThrow();
    const { session } = rawGuest.entered;
    // The token that they come back by says it, too.
    const url = `${stage.server.url}/rooms/${room}/call-resume`;
    const { body } = await call<{ door: string; token: string }>(url, {}, session);
    expect((await rawGuest.raw.connect(body.door, body.token)).connected).toBe(true);
    await expect(rawGuest.raw.page.evaluate(SHARE)).rejects.toThrow();
    expect(await sharers(host)).toEqual(['Hugo']);

    // The panel says why nothing can be added; the switch shows what is.
    await guest.calls('openPanel', 'files');
    const add = guest.page.getByRole('button', { name: 'Add files', exact: true });
    await add.waitFor();
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await guest.page.getByText('Only hosts present now').first().waitFor();
    expect(await guest.calls('explain', 'file-upload')).toEqual({
      allowed: false,
      why: 'presenter-mode',
    });

    await dialog.getByRole('switch', { name: 'Presenter mode', checked: true }).click();
    await eventually('the guest may again', async () => {
      return (await add.getAttribute('aria-disabled')) === null;
    });
    await eventually('LiveKit takes their screen again', () =>
      rawGuest.raw.page.evaluate(SHARE).then(
        () => true,
        () => false,
      ),
    );
    await stage.closeAll(host, guest);
  });
});
