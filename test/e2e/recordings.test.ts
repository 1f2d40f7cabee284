import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';
import { film, loudest } from './film.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const settings = ({ page }: Person): Locator => page.getByRole('dialog', { name: 'Settings' });
const badge = ({ page }: Person): Locator =>
  page.locator('meeting-recording-badge').getByText('Recording', { exact: true });
const own = ({ page }: Person): Locator => page.locator('meeting-kept-recording');
const inRoom = ({ page }: Person): Locator => page.locator('meeting-recording');

async function openRecordings(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await settings(person).getByRole('tab', { name: 'Recordings' }).click();
  await settings(person).getByRole('heading', { name: 'In the room' }).waitFor();
}

const press = (person: Person, name: string): Promise<void> =>
  settings(person).getByRole('button', { name, exact: true }).click();

/** Until so many seconds are kept in that browser. */
const hasKept = (person: Person, seconds: number): Promise<unknown> =>
  eventually(`${seconds} s are kept`, () =>
    person.page.evaluate<boolean>(
      `document.querySelector('meeting-room').recordings().then(({ here }) => here.value[0]?.duration >= ${seconds})`,
    ),
  );

/** What plays in a row: whether it does, how long it is, and whether one can go anywhere in it. */
async function plays(row: Locator, to: number): Promise<void> {
  const video = row.locator('video');
  await eventually('it plays', () =>
    video.evaluate(
      (element: HTMLVideoElement) => element.readyState >= 3 && element.videoWidth > 0,
    ),
  );
  const at = await video.evaluate(
    (element: HTMLVideoElement, time) =>
      new Promise<number>((resolve) => {
        element.addEventListener('seeked', () => resolve(element.currentTime), { once: true });
        element.pause();
        element.currentTime = time;
      }),
    to,
  );
  expect(at).toBeCloseTo(to, 0);
}

describe('A host records', () => {
  it('and everybody sees it, who comes later too; picture and sound of all are in it', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Mara');
    await Promise.all([host.seesMoving('Mara'), guest.seesMoving('Hanna')]);
    await openRecordings(host);
    const told = guest.shown('Recording');
    await press(host, 'Start recording');
    const started = await host.lastAct();
    expect((await told) - started).toBeLessThan(1_000);
    await guest.page.getByText('Hanna is recording this call').waitFor();
    expect(await guest.hears('recording-started')).toMatchObject({
      recording: { by: { name: 'Hanna' }, recorder: 'browser', state: 'running' },
    });

    const late = await stage.opens({ room, name: 'Lea', as: 'member', camera: false });
    await late.page.getByText('This call is being recorded.').waitFor();
    await late.join();
    await badge(late).waitFor();
    await late.page.getByText('Hanna is recording this call').waitFor();
    await stage.closeAll(late);

    // What is heard is the guest alone, then the host alone.
    await host.page.evaluate(`document.querySelector('meeting-room').store.setMicrophone(false)`);
    await hasKept(host, 6);
    const turn = await host.page.evaluate<number>(
      `document.querySelector('meeting-room').recordings().then(({ here }) => here.value[0].duration)`,
    );
    await guest.page.evaluate(`document.querySelector('meeting-room').store.setMicrophone(false)`);
    await host.page.evaluate(`document.querySelector('meeting-room').store.setMicrophone(true)`);
    await hasKept(host, turn + 5);
    await press(host, 'Stop recording');
    await badge(guest).waitFor({ state: 'detached' });
    await guest.page.getByText('The recording has stopped').waitFor();
    await settings(host).getByRole('button', { name: 'Start recording' }).waitFor();

    const seen = await film(host);
    expect(seen.duration).toBeGreaterThan(turn + 3);
    expect(seen.duration).toBeLessThan(turn + 60);
    expect(seen).toMatchObject({ left: true, right: true, middle: false });
    expect(loudest(seen, 2, turn), 'the guest is heard').toBeGreaterThan(0.01);
    expect(loudest(seen, turn + 2, seen.duration), 'the host is heard').toBeGreaterThan(0.01);
    await stage.closeAll(host, guest);
  });
});

describe('What was recorded', () => {
  it('is there after a crash; uploaded, other hosts have it until it is deleted or the room is reset', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { subject: 'hanna' });
    await openRecordings(host);
    await press(host, 'Start recording');
    await hasKept(host, 4);
    const devtools = await host.page.context().newCDPSession(host.page);
    const crashed = host.page.waitForEvent('crash');
    devtools.send('Page.crash').catch(() => 'nobody is left to answer');
    await crashed;

    const other = await stage.host(room, 'Hugo', { camera: false });
    const context = host.page.context();
    const again = await stage.opens({ room, name: 'Hanna', as: 'host', subject: 'hanna', context });
    await again.calls('join', { name: 'Hanna', again: 'take-over' });
    await again.hears('meeting-joined');
    await openRecordings(again);
    await settings(again).getByRole('button', { name: 'Start recording' }).waitFor();
    await own(again).getByText('Recovered: the page went away while it recorded').waitFor();
    expect((await film(again)).duration).toBeGreaterThan(2);
    await own(again)
      .getByRole('button', { name: /^Play / })
      .click();
    await plays(own(again), 1);

    await openRecordings(other);
    await settings(other).getByText('No recordings in the room yet.').waitFor();
    await own(again)
      .getByRole('button', { name: /^Upload / })
      .click();
    await own(again).getByText('Also in the room').waitFor();
    await inRoom(other).getByText('Hanna').waitFor();
    expect(await other.hears('recording-added')).toMatchObject({ recording: { state: 'kept' } });
    const ranges: number[] = [];
    other.page.on('response', (response) => {
      if (response.url().includes('recording-read')) ranges.push(response.status());
    });
    await inRoom(other)
      .getByRole('button', { name: /^Play / })
      .click();
    await plays(inRoom(other), 1);
    expect(new Set(ranges)).toEqual(new Set([206]));

    // Who is put out has nothing of it any more, whatever link they hold.
    const link = await inRoom(other).locator('video').getAttribute('src');
    const read = (): Promise<number> => fetch(link ?? '').then(({ status }) => status);
    expect(await read()).toBe(200);
    await again.calls('removeParticipant', other.entered.me.identity);
    await other.reads('You were removed from the meeting');
    expect(await read()).toBe(403);

    // A second one, so that one is deleted and one cleared; it comes as it is made.
    await settings(again)
      .getByRole('checkbox', { name: 'Upload to the room while recording' })
      .check();
    await press(again, 'Start recording');
    await eventually('there are two', async () => (await own(again).count()) === 2);
    await hasKept(again, 2);
    await press(again, 'Stop recording');
    await eventually('both are in the room', async () => (await inRoom(again).count()) === 2);
    await inRoom(again)
      .last()
      .getByRole('button', { name: /^Delete / })
      .click();
    await again.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await eventually('one is in the room', async () => (await inRoom(again).count()) === 1);
    expect(await again.hears('recording-deleted')).toMatchObject({ by: { name: 'Hanna' } });

    await settings(again).getByRole('tab', { name: 'Reset meeting room' }).click();
    await settings(again).getByText('on their own devices are not touched').waitFor();
    await settings(again).getByText('1 recording', { exact: true }).waitFor();
    await settings(again).getByRole('checkbox', { name: 'Cloud recordings' }).check();
    await press(again, 'Reset');
    expect(await again.hears('room-reset')).toMatchObject({ parts: ['recordings'] });
    await settings(again).getByRole('tab', { name: 'Recordings', exact: true }).click();
    await settings(again).getByText('No recordings in the room yet.').waitFor();
    expect(await own(again).count()).toBe(2);
    await stage.closeAll(again, other);
  });
});

describe('Where people are asked', () => {
  it('whoever has not agreed is not in it', async () => {
    const asking = await stage.another({ recordings: { consent: 'ask' } });
    const server = asking.url;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { server });
    const guest = await stage.member(room, 'Mara', { server });
    const shy = await stage.member(room, 'Gil', { server, camera: false });
    await host.seesMoving('Mara');
    await host.page.evaluate(`document.querySelector('meeting-room').startRecording()`);
    const question = (person: Person): Locator =>
      person.page.getByRole('alertdialog', { name: 'This call is being recorded' });
    await Promise.all([question(guest).waitFor(), question(shy).waitFor()]);
    await guest.page.keyboard.press('Escape');
    await question(shy).getByRole('button', { name: 'Leave call' }).click();
    await shy.reads('You left the meeting');
    await openRecordings(host);
    await settings(host).getByText('1 of 2 agreed to be in it').waitFor();
    await hasKept(host, 3);
    expect(await film(host)).toMatchObject({ middle: true });
    await question(guest).getByRole('button', { name: 'Stay' }).click();
    await question(guest).waitFor({ state: 'detached' });
    await settings(host).getByText('2 of 2 agreed to be in it').waitFor();
    await press(host, 'Stop recording');
    await settings(host).getByRole('button', { name: 'Start recording' }).waitFor();
    await press(host, 'Start recording');
    await question(guest).getByRole('button', { name: 'Stay' }).click();
    await eventually('there are two', async () => (await own(host).count()) === 2);
    await hasKept(host, 5);
    expect(await film(host)).toMatchObject({ left: true, right: true, middle: false });
    await stage.closeAll(host, guest, shy);
    await asking.stop();
  });
});
