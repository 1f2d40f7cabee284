import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './door.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

const NOTICE = 'The meeting room was reset';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const settings = (person: Person): Locator => person.page.getByRole('dialog', { name: 'Settings' });
const box = (person: Person, name: string): Locator =>
  settings(person).getByRole('checkbox', { name, exact: true });
const reset = (person: Person): Locator =>
  settings(person).getByRole('button', { name: 'Reset', exact: true });

/** By the button in the bar, to the reset at the end of its menu. */
async function openReset(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await settings(person).getByText('Reset meeting room', { exact: true }).click();
  await box(person, 'Meeting activity').waitFor();
}

async function confirm(person: Person): Promise<void> {
  const question = person.page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Reset', exact: true }).click();
}

describe('P8 Settings, Reset meeting room', () => {
  it('shows counts; with none ticked, there is no resetting; it is walked by keyboard alone', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    await openReset(host);
    await settings(host)
      .getByText(/\d+ entr(y|ies)/)
      .waitFor();
    await settings(host).getByText('0 invitations', { exact: true }).waitFor();
    expect(await reset(host).isDisabled()).toBe(true);
    const { keyboard } = host.page;
    await keyboard.press('Escape');
    await settings(host).waitFor({ state: 'hidden' });
    await keyboard.press('Enter');
    await settings(host).waitFor();
    await keyboard.press('End');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await eventually('the box is ticked', () => box(host, 'Chat').isChecked());
    expect(await reset(host).isEnabled()).toBe(true);
    // P11
    await settings(host).getByText('on their own devices are not touched').waitFor();
    await stage.closeAll(host);
  });
});

describe('P9 "Meeting activity" is the full reset', () => {
  it('implies and locks the others, and puts everybody out: guests, knockers, the host', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const member = await stage.member(room, 'Mara', { camera: false });
    await host.sees('Mara');
    const knocker = await stage.knocks(room, 'Kim');
    await host.card('Kim').waitFor();
    const { session } = member.entered;
    await openReset(host);
    await box(host, 'Meeting activity').check();
    expect(await box(host, 'Specific user access').isChecked()).toBe(true);
    expect(await box(host, 'Specific user access').isDisabled()).toBe(true);
    await reset(host).click();
    await confirm(host);
    for (const person of [host, member, knocker]) await person.reads(NOTICE);
    expect(await member.heard('meeting-left')).toMatchObject([{ reason: 'reset', next: 'enter' }]);
    expect(await knocker.heard('meeting-left')).toMatchObject([{ reason: 'reset', next: 'knock' }]);
    await host.page.getByRole('button', { name: 'Download receipt' }).waitFor();
    const resumed = await call(`${stage.server.url}/rooms/${room}/call-resume`, {}, session);
    expect(resumed).toMatchObject({ status: 403, body: { exit: { reason: 'reset' } } });
    // The next call is another.
    const again = await stage.member(room, 'Mara', { camera: false });
    expect(again.entered.roster).toEqual([]);
    await stage.closeAll(host, member, knocker, again);
  });

  it('keeps the host in who ticks it, with the media as it is', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const member = await stage.member(room, 'Mara', { camera: false });
    await host.sees('Mara');
    await openReset(host);
    await box(host, 'Meeting activity').check();
    await settings(host).getByRole('checkbox', { name: 'Keep me in the call' }).check();
    await reset(host).click();
    await confirm(host);
    await member.reads(NOTICE);
    await settings(host).getByRole('heading', { name: 'Deleted' }).waitFor();
    expect(await host.heard('meeting-left')).toEqual([]);
    expect(await host.hears('room-reset')).toMatchObject({ keptHost: true });
    await stage.closeAll(host, member);
  });
});

describe('P10, P12 "Specific user access"', () => {
  it('ends keys at once and keeps people in; the others are told who did it', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const member = await stage.member(room, 'Mara', { camera: false });
    await host.sees('Mara');
    const made = (await host.calls('invite', { name: 'Ina', access: 'always' })) as { key: string };
    const check = { visitor: 'v'.repeat(22), key: made.key };
    const before = await call(`${stage.server.url}/rooms/${room}/call-check`, check);
    expect(before.status).toBe(200);
    await openReset(host);
    await settings(host).getByText('1 invitation', { exact: true }).waitFor();
    await box(host, 'Specific user access').check();
    await reset(host).click();
    await settings(host).getByRole('heading', { name: 'Deleted' }).waitFor();
    const after = await call(`${stage.server.url}/rooms/${room}/call-check`, check);
    expect(after).toMatchObject({ status: 401, body: { code: 'access-key-invalid' } });
    await member.page.getByText('Hanna cleared the list of invited people').first().waitFor();
    expect(await member.heard('room-reset')).toMatchObject([
      { parts: ['access'], by: { name: 'Hanna' }, receipt: { people: 0 } },
    ]);
    expect(await member.heard('meeting-left')).toEqual([]);
    const download = host.page.waitForEvent('download');
    await settings(host).getByRole('button', { name: 'Download receipt' }).click();
    expect((await download).suggestedFilename()).toBe(`${room}-reset.json`);
    await stage.closeAll(host, member);
  });

  it('lists who is in by such a key: one is put out, the other is kept', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const invited: Person[] = [];
    for (const name of ['Ina', 'Ida']) {
      const { key } = (await host.calls('invite', { name, access: 'always' })) as { key: string };
      invited.push(await stage.joins({ room, name, key, camera: false }));
      await host.sees(name);
    }
    const [ina, ida] = invited as [Person, Person];
    await openReset(host);
    await box(host, 'Specific user access').check();
    await reset(host).click();
    await settings(host).getByText('Ina and Ida came in by a link that is gone now.').waitFor();
    await settings(host).getByRole('button', { name: 'Remove Ina' }).click();
    await host.confirm();
    await ina.reads('You were removed from the meeting');
    await settings(host)
      .getByText('Ida came in by a link that is gone now.', { exact: false })
      .waitFor();
    expect(
      await settings(host)
        .getByRole('button', { name: /^Remove / })
        .count(),
    ).toBe(1);
    await settings(host).getByRole('button', { name: 'Done' }).click();
    expect(await ida.heard('meeting-left')).toEqual([]);
    await stage.closeAll(host, ina, ida);
  });

  it('does nothing when the page says no', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    await host.page.evaluate(
      `document.addEventListener('room-reset-request', (event) => event.preventDefault())`,
    );
    await openReset(host);
    await box(host, 'Meeting activity').check();
    await reset(host).click();
    await settings(host).getByText('does not allow it').waitFor();
    expect(await host.heard('room-reset')).toEqual([]);
    await stage.closeAll(host);
  });
});

describe('A reset on a server that keeps a trash', () => {
  it('is undone by a host: everybody has chat and files back at once, and is told who did it', async () => {
    const server = await stage.another({ reset: { trashHours: 24 } });
    try {
      const room = stage.newRoom();
      const host = await stage.host(room, 'Hanna', { camera: false, server: server.url });
      const chatter = await stage.member(room, 'Mara', { camera: false, server: server.url });
      const keeper = await stage.member(room, 'Gil', { camera: false, server: server.url });
      await chatter.page.getByRole('button', { name: 'Chat', exact: true }).click();
      const textbox = chatter.page.getByRole('textbox', { name: 'Message', exact: true });
      await textbox.fill('The plan for the roof');
      await textbox.press('Enter');
      const words = chatter.page.locator('meeting-messages article .words');
      await words.getByText('The plan for the roof').waitFor();
      await keeper.page.getByRole('button', { name: 'Files', exact: true }).click();
      const file = { name: 'roof.txt', mimeType: 'text/plain', buffer: Buffer.from('Slate') };
      await keeper.page.locator('meeting-files input[type=file]').setInputFiles(file);
      const rows = keeper.page.locator('meeting-file');
      await rows.waitFor();

      await openReset(host);
      await box(host, 'Chat').check();
      await box(host, 'Whiteboards and files').check();
      await reset(host).click();
      await settings(host).getByRole('heading', { name: 'Deleted' }).waitFor();
      await words.waitFor({ state: 'detached' });
      await rows.waitFor({ state: 'detached' });

      await settings(host)
        .getByRole('button', { name: 'Restore Chat and Whiteboards and files' })
        .click();
      await settings(host).getByText('It’s back.').waitFor();
      await words.getByText('The plan for the roof').waitFor();
      await rows.waitFor();
      for (const { page } of [chatter, keeper]) {
        await page
          .getByText('Hanna restored the chat and the whiteboards and files')
          .first()
          .waitFor();
      }
      await stage.closeAll(host, chatter, keeper);
    } finally {
      await server.stop();
    }
  });
});

describe('Devices in the settings', () => {
  it('are listed, and another one is taken in the call', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const member = await stage.member(room, 'Mara', { camera: false });
    await member.seesMoving('Hanna');
    await host.page.getByRole('button', { name: 'Settings', exact: true }).click();
    const microphone = settings(host).getByRole('combobox', { name: 'Microphone' });
    await eventually(
      'they are listed',
      async () => (await microphone.locator('option').count()) > 1,
    );
    await microphone.selectOption({ index: 1 });
    await settings(host).getByRole('button', { name: 'Test speaker' }).click();
    await eventually('the microphone is heard', async () => {
      const level = settings(host).getByRole('meter', { name: 'Microphone level' });
      return Number(await level.getAttribute('aria-valuenow')) > 0;
    });
    await stage.closeAll(host, member);
  });
});
