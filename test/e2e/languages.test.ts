import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const camera = false;

describe('Two rooms on one page', () => {
  it('speak two languages, each its own, and another one from one moment to the next', async () => {
    const [here, there] = [stage.newRoom(), stage.newRoom()];
    const host = await stage.host(here, 'Hanna', { camera });
    await stage.host(there, 'Heidi', { camera });
    // Side by side, each wide enough for all of its bar.
    await host.page.setViewportSize({ width: 1_600, height: 800 });
    // The second room of the page, in German from its first word.
    await host.page.evaluate(
      ([room, server, token]) => {
        const second = document.createElement('meeting-room');
        Object.assign(second, { id: 'second', lang: 'de', server, room, entryToken: token });
        second.style.cssText = 'display:block;inline-size:100%;block-size:600px';
        document.body.append(second);
      },
      [
        there,
        stage.server.url,
        await stage.pages.sign({ room: there, access: 'host', subject: 'bea', name: 'Bea' }),
      ],
    );
    const english = host.page.locator('meeting-room:not(#second)');
    const german = host.page.locator('#second');
    await german.getByRole('button', { name: 'Beitreten', exact: true }).click();
    const bar = (room: Locator, name: string): Locator =>
      room.getByRole('toolbar').getByRole('button', { name, exact: true });
    await bar(german, 'Dateien').waitFor();
    // The same roles, each with its own words.
    const words = { Chat: 'Chat', Files: 'Dateien', Settings: 'Einstellungen', Leave: 'Verlassen' };
    for (const [en, de] of Object.entries(words)) {
      expect(await bar(english, en).count(), en).toBe(1);
      expect(await bar(german, de).count(), de).toBe(1);
      if (en === de) continue;
      expect(await bar(english, de).count(), `no ${de} in English`).toBe(0);
      expect(await bar(german, en).count(), `no ${en} in German`).toBe(0);
    }
    await german.getByRole('group', { name: 'Heidi' }).hover();
    await german.getByRole('button', { name: 'Heidi entfernen' }).waitFor();
    // Panels come with their own words, also when the other room opened the same one before.
    await bar(english, 'Files').click();
    await bar(german, 'Dateien').click();
    await english.getByRole('button', { name: 'Add files', exact: true }).waitFor();
    await german.getByRole('button', { name: 'Dateien hinzufügen', exact: true }).waitFor();

    await german.evaluate((room) => room.setAttribute('lang', 'en'));
    await german.getByRole('button', { name: 'Add files', exact: true }).waitFor();
    await english.evaluate((room) => room.setAttribute('lang', 'de'));
    await english.getByRole('button', { name: 'Dateien hinzufügen', exact: true }).waitFor();
    expect(await bar(german, 'Leave').count()).toBe(1);
    expect(await bar(english, 'Verlassen').count()).toBe(1);
    expect(await host.page.locator('html').getAttribute('lang')).not.toBe('de');
    await stage.closeAll(host);
  });
});

describe('What a host writes for themselves', () => {
  it('is not lost by a reload right after the last key', async () => {
    const room = stage.newRoom();
    const host: Person = await stage.host(room, 'Hanna', { camera });
    const open = async (): Promise<Locator> => {
      await host.page.getByRole('button', { name: 'People', exact: true }).click();
      await host.page.getByRole('tab', { name: 'Notes' }).click();
      return host.page.getByRole('textbox', { name: 'Your notes on this room' });
    };
    await (await open()).fill('Ask about the roof');
    await host.page.reload();
    const box = await open();
    await box.waitFor();
    expect(await box.inputValue()).toBe('Ask about the roof');
    await stage.closeAll(host);
  });
});
