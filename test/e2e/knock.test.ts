import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FeedClient } from '../server/support/feed-client.ts';
import { call, tryDoor } from './door.ts';
import { eventually, spread, throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Heard, Person } from './person.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

const now = (): number => performance.timeOrigin + performance.now();

/** A locked room with a host in it, and a guest at its door. */
async function knockedRoom(): Promise<{ room: string; host: Person; guest: Person }> {
  const room = stage.newRoom();
  const host = await stage.host(room);
  const guest = await stage.knocks(room);
  await host.card('Gil').waitFor();
  return { room, host, guest };
}

/** From the notice, by what the room knows of them. */
async function knocksAgain(guest: Person): Promise<void> {
  await guest.page.getByRole('button', { name: 'Knock again' }).click();
  await guest.waits();
}

describe('A guest knocks with a line of text', () => {
  it('hosts see the card at once; admitted, both see each other move', async () => {
    const cards: number[] = [];
    const frames: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const room = stage.newRoom();
      const host = await stage.host(room);
      const guest = await stage.opens({ room, name: 'Gil' });
      const shown = host.shown('Gil');
      await guest.knock('It’s me, from <b>yesterday</b>');
      cards.push((await shown) - (await guest.lastAct()));
      const card = host.card('Gil');
      await card.getByText('It’s me, from <b>yesterday</b>').waitFor();
      await card.getByText('Not verified').waitFor();
      expect(await card.getByRole('button').allInnerTexts()).toEqual(['Deny', '', 'Admit']);
      expect(await host.page.title()).toContain('Gil is knocking');
      expect(await guest.frames(), 'no picture at the door').toBe(0);

      await host.admits('Gil');
      await eventually('the guest’s first frame', async () => (await guest.frames()) > 0);
      frames.push(now() - (await host.lastAct()));
      await host.seesMoving('Gil');
      await guest.seesMoving('Hanna');
      await host.card('Gil').waitFor({ state: 'detached' });
      expect(await host.page.title()).not.toContain('knocking');
      expect(await guest.heard('meeting-joined')).toHaveLength(1);
      expect((await guest.heard()).filter(({ type }) => type.startsWith('knock-'))).toEqual([]);
      await stage.closeAll(host, guest);
    }
    console.log(`knock → card: ${spread(cards)}; admit → first frame: ${spread(frames)}`);
    expect(Math.max(...cards)).toBeLessThan(2_000);
    expect(Math.max(...frames)).toBeLessThan(5_000);
  });
});

describe('A host denies', () => {
  it('with a message, which the guest reads', async () => {
    const { host, guest } = await knockedRoom();
    await host.card('Gil').getByRole('button', { name: 'Deny with a message' }).click();
    const question = host.page.getByRole('alertdialog', { name: 'Deny Gil?' });
    await question
      .getByRole('textbox', { name: 'Message to Gil (optional)' })
      .fill('At ten, please');
    await question.getByRole('button', { name: 'Deny', exact: true }).click();
    await guest.reads('You weren’t let in');
    await guest.page.getByText('At ten, please').waitFor();
    await stage.closeAll(host, guest);
  });

  it('the guest is told, and may knock again only later', async () => {
    const { room, host, guest } = await knockedRoom();
    const session = guest.knocked.session;
    await host.denies('Gil');
    await guest.reads('You weren’t let in');
    await guest.page.getByText('You can knock again in').waitFor();
    const [left] = await guest.heard('meeting-left');
    expect(left).toMatchObject({ reason: 'denied', next: 'knock', by: { name: 'Hanna' } });
    const again = guest.page.getByRole('button', { name: 'Knock again' });
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await host.card('Gil').waitFor({ state: 'detached' });

    const base = `${stage.server.url}/rooms/${room}`;
    const resumed = await call(`${base}/call-resume`, {}, session);
    expect(resumed.body).toMatchObject({ code: 'admission-over', exit: { reason: 'denied' } });
    const { at, from } = resumed.body.exit ?? {};
    expect(Number(from) - Number(at)).toBe(60_000);
    // The same browser in another tab is the same person.
    const tab = await stage.opens({ room, name: 'Gil', context: guest.page.context() });
    expect((await tab.asksToKnock()).status()).toBe(429);
    expect(await host.card('Gil').count()).toBe(0);
    await stage.closeAll(host, guest);
  });
});

describe('Two hosts', () => {
  it('answer at once: it is decided once, and the second sees who was first', async () => {
    const room = stage.newRoom();
    const hanna = await stage.host(room, 'Hanna');
    const otto = await stage.host(room, 'Otto', { camera: false });
    const hosts = [hanna, otto];
    for (let round = 1; round <= 5; round += 1) {
      const name = `Gil ${round}`;
      const guest = await stage.knocks(room, name, { camera: false });
      await Promise.all(hosts.map((host) => host.card(name).waitFor()));
      // Whose click comes later may find the buttons gone already.
      await Promise.allSettled([
        clickNow(hanna, name, 'Admit'),
        clickNow(otto, name, round % 2 === 0 ? 'Deny' : 'Admit'),
      ]);
      const decisions = async (host: Person): Promise<Heard[]> =>
        (await host.heard()).filter(
          ({ type, knock }) =>
            (type === 'knock-admitted' || type === 'knock-denied') &&
            (knock as { name: string }).name === name,
        );
      const first = await eventually('a decision', async () => (await decisions(hanna))[0]);
      const winner = first.by?.name;
      const word = first.type === 'knock-admitted' ? 'admitted' : 'denied';
      const later = winner === 'Hanna' ? otto : hanna;
      await later.card(name).getByText(`Already ${word} by ${winner}`).waitFor();
      if (word === 'admitted') await guest.hears('meeting-joined');
      else await guest.reads('You weren’t let in');
      for (const host of hosts) {
        expect(
          (await decisions(host)).map(({ id }) => id),
          'decided once',
        ).toEqual([first.id]);
      }
      expect(await guest.heard('meeting-left')).toHaveLength(word === 'admitted' ? 0 : 1);
      await guest.page.context().close();
      await later.card(name).waitFor({ state: 'detached' });
    }
    await stage.closeAll(hanna, otto);
  });
});

describe('No knock is lost', () => {
  it('by a second tab, which takes the wait over', async () => {
    const { room, host, guest } = await knockedRoom();
    const tab = await stage.opens({ room, name: 'Gil', context: guest.page.context() });
    await tab.knock('From the other tab');
    await guest.reads('Open in another window');
    await host.card('Gil').getByText('From the other tab').waitFor();
    expect(await host.card('Gil').count()).toBe(1);
    await host.admits('Gil');
    await tab.seesMoving('Hanna');
    await stage.closeAll(host, guest);
  });
});

describe('A knock ends', () => {
  it('soon after the guest closed the page', async () => {
    const { host, guest } = await knockedRoom();
    await guest.close();
    const closed = now();
    await host.card('Gil').getByText('Not here right now').waitFor();
    const over = await host.hears('knock-over', undefined, 35_000);
    expect(over).toMatchObject({ reason: 'withdrawn', knock: { name: 'Gil' } });
    await host.card('Gil').waitFor({ state: 'detached' });
    const took = now() - closed;
    console.log(`page closed → card gone: ${spread([took])}`);
    expect(took).toBeLessThan(35_000);
    await stage.closeAll(host, guest);
  });
});

describe('A removed guest', () => {
  it('knocks, the card says so, and the host lets them in again', async () => {
    const { host, guest } = await knockedRoom();
    await host.admits('Gil');
    await host.seesMoving('Gil');
    await host.remove('Gil');
    await guest.reads('You were removed from the meeting');
    await knocksAgain(guest);
    await host.card('Gil').getByText('Removed before').waitFor();
    await host.admits('Gil');
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    await stage.closeAll(host, guest);
  });

  it('of "Don’t let them back in" can’t even knock, and reads the host’s note', async () => {
    const { room, host, guest } = await knockedRoom();
    await host.admits('Gil');
    await host.seesMoving('Gil');
    await host.askToRemove('Gil');
    const dialog = host.page.getByRole('alertdialog');
    await dialog.getByRole('textbox').fill('Please call the office');
    await dialog.getByRole('checkbox', { name: 'Don’t let them back in' }).check();
    await host.confirm();
    await guest.reads('You were removed from the meeting');
    await guest.page.getByText('Please call the office').waitFor();
    expect(await guest.heard('meeting-left')).toMatchObject([
      { reason: 'removed', next: 'none', note: 'Please call the office' },
    ]);
    expect(await guest.page.getByRole('button', { name: /^Knock/ }).count()).toBe(0);
    const tab = await stage.opens({ room, name: 'Gil', context: guest.page.context() });
    const answer = await tab.asksToKnock('Let me in');
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'knock-refused' });
    await tab.page.getByText('You can’t knock here').waitFor();
    expect((await host.heard('knock-received')).length, 'only the first knock').toBe(1);
    await stage.closeAll(host, guest);
  });
});

describe('Nobody who waits gets a byte of the room', () => {
  it('abuse 6: by feed, routes or door, with their session and any token', async () => {
    const { room, host, guest } = await knockedRoom();
    const { session } = guest.knocked;
    const base = `${stage.server.url}/rooms/${room}`;
    const feed = await FeedClient.connect(stage.server.url, room);
    feed.say({ session, after: 0 });
    await feed.frame('head');

    // Things happen while they wait: somebody comes, the lock changes nothing for them.
    const member = await stage.member(room, 'Mara', { camera: false });
    await host.sees('Mara');
    await member.leave();
    await host.seesNoMore('Mara');
    const { seq } = (await host.heard()).at(-1) ?? {};
    await eventually('the feed has come so far', () =>
      feed.frames.some((frame) => 'seq' in frame && frame.seq === seq),
    );
    const types = new Set(feed.frames.map(({ type }) => type));
    expect([...types].sort()).toEqual(['head', 'withheld']);
    expect(JSON.stringify(feed.frames)).not.toMatch(/Hanna|Mara|p_/);

    const refusals = await Promise.all([
      call(`${base}/call-resume`, {}, session),
      call(`${base}/call-resume`, { takeOver: true }, session),
      call(`${base}/call-leave`, {}, session),
      call(`${base}/room-lock`, { locked: false }, session),
      call(`${base}/call-end`, {}, session),
      call(`${base}/knock-admit`, { identity: guest.knocked.knock.identity }, session),
      call(`${base}/participant-remove`, { identity: host.entered.me.identity }, session),
    ]);
    for (const { status, body } of refusals) {
      expect(status, JSON.stringify(body)).toBe(409);
      expect(body.code).toBe('still-waiting');
      expect(JSON.stringify(body)).not.toMatch(/Hanna|token|door/);
    }
    const events = await fetch(`${base}/events?after=0`, {
      headers: { authorization: `Bearer ${session}` },
    });
    expect(events.status).toBe(409);
    expect(await events.text()).not.toMatch(/Hanna/);

    const { identity } = guest.knocked.knock;
    const rooms = (await stage.sfu.listRooms()).map(({ name }) => name);
    const tokens = [session, await forged(identity, room, 'not-the-secret-of-this-livekit-server')];
    // Even LiveKit's own signature does not make a seat of a knock.
    for (const name of rooms) tokens.push(await forged(identity, name, stage.livekit.apiSecret));
    for (const token of tokens) {
      const attempt = await tryDoor(stage.server.url, token);
      attempt.close();
      expect(attempt.status).not.toBe(101);
    }
    await throughout('the host is alone in LiveKit', 500, async () => {
      return (await stage.sfuIdentities(host)).join() === host.entered.me.identity;
    });
    feed.close();
    await stage.closeAll(host, guest, member);
  });
});

/** Clicks at once, without looking whether the button is still there. */
async function clickNow(host: Person, name: string, button: string): Promise<void> {
  const found = host.card(name).getByRole('button', { name: button, exact: true });
  await found.click({ timeout: 2_000, noWaitAfter: true });
}

/** A LiveKit token for a seat, signed by `secret`. */
async function forged(identity: string, room: string, secret: string): Promise<string> {
  const token = new AccessToken(stage.livekit.apiKey, secret, { identity });
  token.addGrant({ roomJoin: true, room });
  return token.toJwt();
}
