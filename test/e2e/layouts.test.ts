import { afterAll, beforeAll, describe, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** A microphone that somebody speaks into without pause. */
const VOICE = `
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await ask(wanted);
  for (const track of stream.getAudioTracks()) {
    stream.removeTrack(track);
    track.stop();
    const context = new AudioContext();
    const voice = context.createOscillator();
    const end = context.createMediaStreamDestination();
    voice.connect(end);
    voice.start();
    stream.addTrack(end.stream.getAudioTracks()[0]);
  }
  return stream;
};
`;

async function speaker(room: string, name: string): Promise<Person> {
  const context = await stage.newProfile();
  await context.addInitScript(VOICE);
  return stage.member(room, name, { context });
}

const speaks = ({ page }: Person, on: boolean): Promise<void> =>
  page.evaluate(`document.querySelector('meeting-room').store.setMicrophone(${on})`);

const isLarge = ({ page }: Person, name: string): Promise<unknown> =>
  eventually(`${name} is large`, async () => {
    const tiles = page.getByRole('listitem').getByRole('group');
    const all = await tiles.evaluateAll((groups) =>
      groups.map((group) => ({ name: group.ariaLabel, width: group.clientWidth })),
    );
    const [first, second] = all.toSorted((a, b) => b.width - a.width);
    return first?.name === name && first.width > 1.5 * (second?.width ?? Infinity);
  });

describe('The layout “speaker”', () => {
  it('has whoever speaks large for the others, and nobody else when they fall silent', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', {
      camera: false,
      attributes: { layout: 'speaker' },
    });
    const mara = await speaker(room, 'Mara');
    await isLarge(host, 'Mara');
    const max = await speaker(room, 'Max');
    await speaks(max, false);
    await host.sees('Max');
    await isLarge(host, 'Mara');

    await speaks(mara, false);
    await speaks(max, true);
    await isLarge(host, 'Max');
    await speaks(max, false);
    await isLarge(host, 'Max');

    // A person chooses for themselves, in the settings.
    await host.page.getByRole('button', { name: 'Settings', exact: true }).click();
    await host.page.getByRole('tab', { name: 'Language and view' }).click();
    await host.page.getByRole('radio', { name: 'Everybody the same size' }).check();
    await host.page.getByRole('button', { name: 'Close settings' }).click();
    const tiles = host.page.getByRole('listitem').getByRole('group');
    await eventually('all are equal', async () => {
      const widths = await tiles.evaluateAll((all) => all.map((tile) => tile.clientWidth));
      return widths.length === 3 && new Set(widths).size === 1;
    });
  });
});
