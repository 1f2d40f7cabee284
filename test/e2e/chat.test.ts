import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEachBackend } from './backends.ts';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';
import { Wire } from './wire.ts';

const quiet = { camera: false };

const box = ({ page }: Person): Locator =>
  page.getByRole('textbox', { name: 'Message', exact: true });
const lines = ({ page }: Person): Locator => page.locator('meeting-messages article');

async function openChat(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Chat', exact: true }).click();
  await box(person).waitFor();
}

/** A host and a guest who look at the chat of a room of their own. */
async function two(stage: Stage): Promise<{ host: Person; gil: Person }> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', quiet);
  const gil = await stage.member(room, 'Gil', quiet);
  await openChat(host);
  await openChat(gil);
  return { host, gil };
}

/** Until they are in the call again. */
async function reload(person: Person): Promise<void> {
  await person.page.reload();
  await person.hears('meeting-joined');
}

async function write(person: Person, text: string): Promise<void> {
  await box(person).fill(text);
  await box(person).press('Enter');
}

/** What somebody reads in the chat, in its order, without names and times. */
const reads = (person: Person): Promise<string[]> =>
  lines(person).locator('.words').allTextContents();

async function comesToRead(person: Person, texts: readonly string[], patience?: number) {
  await eventually(
    `${person.name} reads ${texts.join(', ')}`,
    async () => (await reads(person)).join('\n') === texts.join('\n'),
    patience,
  );
}

/** All that this page's feed has brought, as text. */
const frames = ({ feed }: Person): string => JSON.stringify(feed.map(({ frame }) => frame));

onEachBackend((here) => {
  it('Three people read each other at once; it is kept for a reload and for the next call', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', quiet);
    const gil = await stage.member(room, 'Gil', quiet);
    const mara = await stage.member(room, 'Mara', { ...quiet, subject: 'mara' });
    await openChat(host);
    await openChat(gil);
    await write(host, 'Good morning');
    await write(gil, 'Morning! See https://example.com/plan');
    await comesToRead(host, ['Good morning', 'Morning! See https://example.com/plan']);
    const link = gil.page.getByRole('link', { name: 'https://example.com/plan' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    // Nobody opened it here, and yet it is known how much is unread.
    const button = mara.page.getByRole('button', { name: 'Chat', exact: true });
    await eventually(
      'two are unread',
      async () => (await button.getAttribute('aria-description')) === '2 unread',
    );
    await openChat(mara);
    await comesToRead(mara, ['Good morning', 'Morning! See https://example.com/plan']);
    await eventually(
      'nothing is unread',
      async () => (await button.getAttribute('aria-description')) === null,
    );
    await write(mara, 'I am late');
    await comesToRead(gil, ['Good morning', 'Morning! See https://example.com/plan', 'I am late']);
    const [told] = await mara.heard('message-received');
    expect(told).toMatchObject({ message: { text: 'Good morning', by: { name: 'Hanna' } } });

    await lines(gil).nth(1).hover();
    await gil.page.getByRole('button', { name: 'Change your message' }).last().click();
    await write(gil, 'Morning!');
    await lines(host).nth(2).hover();
    await host.page.getByRole('button', { name: 'Delete Mara’s message' }).click();
    await host.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await comesToRead(mara, ['Good morning', 'Morning!']);
    await mara.page.getByText('Message deleted by Hanna').waitFor();

    await reload(mara);
    await openChat(mara);
    await comesToRead(mara, ['Good morning', 'Morning!']);

    await host.calls('endCall');
    await gil.hears('meeting-left');
    const again = await stage.host(room, 'Hanna', quiet);
    await openChat(again);
    await comesToRead(again, ['Good morning', 'Morning!']);
    await stage.closeAll(host, gil, mara, again);
  });

  it('What was written while nothing got through is sent after a reload, unasked, and once', async () => {
    const { stage } = here;
    const { host, gil } = await two(stage);
    await write(gil, 'There at once');
    await comesToRead(host, ['There at once']);
    await gil.page.route('**/message-send', (route) => route.abort());
    await write(gil, 'On its way');
    await write(gil, 'And so is this');
    await gil.page.getByText('Sending…').first().waitFor();
    await gil.page.getByLabel('To', { exact: true }).selectOption('Hanna');
    await box(gil).fill('Half a thought');
    await reload(gil);
    await gil.page.unroute('**/message-send');
    // Gil has not looked at the chat again.
    await comesToRead(host, ['There at once', 'On its way', 'And so is this']);
    await openChat(gil);
    await comesToRead(gil, ['There at once', 'On its way', 'And so is this']);
    await gil.page.getByText('Only you and Hanna see this. Hosts don’t.').waitFor();
    expect(await box(gil).inputValue()).toBe('Half a thought');
    await box(gil).press('Enter');
    await comesToRead(host, ['There at once', 'On its way', 'And so is this', 'Half a thought']);
    await reload(gil);
    await openChat(gil);
    await comesToRead(gil, ['There at once', 'On its way', 'And so is this', 'Half a thought']);
    expect(await box(gil).inputValue()).toBe('');
    await stage.closeAll(host, gil);
  });

  it('A private message reaches the one and no third, hosts included, by frame or by history', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', quiet);
    const gil = await stage.member(room, 'Gil', quiet);
    const mara = await stage.member(room, 'Mara', quiet);
    for (const person of [host, gil, mara]) await openChat(person);
    await gil.page.getByLabel('To', { exact: true }).selectOption('Mara');
    await gil.page.getByText('Only you and Mara see this. Hosts don’t.').waitFor();
    await box(gil).pressSequentially('A word');
    await mara.page.getByText('Gil is writing to you…').waitFor();
    await write(gil, 'A word between us');
    await comesToRead(mara, ['A word between us']);
    await gil.page.getByLabel('To', { exact: true }).selectOption('Everyone');
    await write(gil, 'To all of you');
    await comesToRead(host, ['To all of you']);
    await comesToRead(mara, ['A word between us', 'To all of you']);
    expect(frames(mara)).toContain('between us');
    expect(frames(host)).toContain('To all of you');
    expect(frames(host)).not.toContain('between us');
    expect(host.feed.some(({ frame }) => frame.type === 'typing' && frame.private)).toBe(false);
    const headers = { authorization: `Bearer ${host.entered.session}` };
    for (const path of ['message-list', 'events?after=0', 'activity']) {
      const answer = await fetch(`${stage.server.url}/rooms/${room}/${path}`, { headers });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('between us');
    }
    await stage.closeAll(host, gil, mara);
  });

  it('P10 "Chat": a reset clears it on every screen, and who did it is said', async () => {
    const { stage } = here;
    const { host, gil } = await two(stage);
    await write(gil, 'Of the past');
    await comesToRead(host, ['Of the past']);
    const done = (await host.calls('resetRoom', ['chat'])) as { receipt: { parts: unknown } };
    expect(done.receipt.parts).toEqual([{ part: 'chat', count: 1 }]);
    for (const person of [host, gil]) {
      await person.page.getByText('No messages yet').waitFor();
      expect(await lines(person).count()).toBe(0);
    }
    expect(await gil.hears('room-reset')).toMatchObject({
      parts: ['chat'],
      by: { name: 'Hanna' },
    });
    await write(gil, 'Of the present');
    await comesToRead(host, ['Of the present']);
    await reload(gil);
    await openChat(gil);
    await comesToRead(gil, ['Of the present']);
    await stage.closeAll(host, gil);
  });

  it('A removed guest and one who waits get nothing of it', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', quiet);
    const gil = await stage.member(room, 'Gil', quiet);
    const kim = await stage.knocks(room, 'Kim', quiet);
    await openChat(host);
    await openChat(gil);
    await write(host, 'With Gil');
    await comesToRead(gil, ['With Gil']);
    const { session } = gil.entered;
    await host.calls('removeParticipant', gil.entered.me.identity);
    await gil.isCutOff();
    await write(host, 'Without Gil');
    await comesToRead(host, ['With Gil', 'Without Gil']);
    expect(frames(gil)).toContain('With Gil');
    expect(frames(gil)).not.toContain('Without Gil');
    expect(await gil.page.getByText('With Gil').count()).toBe(0);
    expect(frames(kim)).not.toContain('Gil');
    for (const one of [session, kim.knocked.session]) {
      const headers = { authorization: `Bearer ${one}` };
      const answer = await fetch(`${stage.server.url}/rooms/${room}/message-list`, { headers });
      expect(answer.status).toBeGreaterThanOrEqual(403);
      expect(await answer.text()).not.toContain('Without');
    }
    await stage.closeAll(host, gil, kim);
  });
});

describe('R3: a network that is away', () => {
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

  it('for 10 s: nothing that was written meanwhile is lost or doubled', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', quiet);
    const gil = await stage.member(room, 'Gil', { ...quiet, server: wire.url });
    await openChat(host);
    await openChat(gil);
    await write(gil, 'Before');
    await comesToRead(host, ['Before']);
    await gil.page.context().setOffline(true);
    wire.break();
    const away = performance.now();
    const here = ['One', 'Two', 'Three'];
    const there = ['Four', 'Five', 'Six'];
    for (const text of here) await write(gil, text);
    for (const text of there) await write(host, text);
    await comesToRead(host, ['Before', ...there]);
    expect(await lines(gil).filter({ hasText: 'Sending…' }).count()).toBe(3);
    await eventually('ten seconds are over', () => performance.now() - away > 10_000, 20_000);
    await gil.page.context().setOffline(false);
    const back = performance.now();
    await comesToRead(gil, ['Before', ...there, ...here], 20_000);
    await comesToRead(host, ['Before', ...there, ...here], 20_000);
    console.log(`back with all of the chat after ${Math.round(performance.now() - back)} ms`);
    expect(await lines(gil).filter({ hasText: 'Sending…' }).count()).toBe(0);
    await stage.closeAll(host, gil);
  });
});
