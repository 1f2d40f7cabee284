import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEED_CLOSE } from '../../src/protocol/feed-wire.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { FeedClient } from './support/feed-client.ts';
import { TestServer } from './support/server.ts';
import { newDatabase } from './support/storages.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

let first: TestServer;
let second: TestServer;
beforeAll(async () => {
  const storage = { url: await newDatabase() };
  first = await TestServer.start({ storage });
  second = await TestServer.start({ storage });
});
afterAll(async () => {
  await first.close();
  await second.close();
});

/** A host whose page is at one instance, and another person whose page is at the other. */
async function hosted(access: 'host' | 'always'): Promise<{
  room: string;
  host: Entered;
  max: Entered;
}> {
  const room = newRoom();
  const { body: host } = await first.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
  const { body: max } = await second.enter(room, { access, sub: 'max', name: 'Max' });
  return { room, host, max };
}

const setRole = (room: string, host: Entered, { me }: Entered, role: 'guest' | 'host') =>
  first.ask('role-set', room, { identity: me.identity, role }, host.session);
const knock = (room: string) =>
  first.ask('knock', room, { visitor: newVisitor(), name: 'Kim', message: 'A secret' });

describe('The feed of a host who is a guest again', () => {
  it('tells nothing for hosts from that very commit on', async () => {
    const { room, host, max } = await hosted('host');
    const [theirs, hosts] = [
      await FeedClient.open(second.url, max),
      await FeedClient.open(first.url, host),
    ];
    await knock(room);
    await theirs.until(1);
    expect(theirs.events[0]?.type).toBe('knock-received');
    // At once, so that one reading of the log may hold them all.
    const [{ body: changed }] = await Promise.all([
      setRole(room, host, max, 'guest'),
      ...Array.from({ length: 8 }, () => knock(room)),
    ]);
    await hosts.until(10);
    await theirs.until(10);
    for (const told of theirs.events) {
      const isFor = told.seq <= changed.seq || told.type === ('withheld' as string);
      expect(isFor, `${told.seq} ${told.type}, a guest since ${changed.seq}`).toBe(true);
    }
    const after = theirs.frames.filter(
      (frame) => 'seq' in frame && frame.type !== 'head' && frame.seq > changed.seq,
    );
    expect(JSON.stringify(after)).not.toContain('secret');
    expect(theirs.events.find(({ seq }) => seq === changed.seq)).toMatchObject({
      type: 'role-changed',
      participant: { name: 'Max', role: 'guest' },
    });
    for (const client of [theirs, hosts]) client.close();
  });

  it('tells no more whether knockers are there', async () => {
    const { room, host, max } = await hosted('host');
    const theirs = await FeedClient.open(second.url, max);
    const { body } = await setRole(room, host, max, 'guest');
    await theirs.until(body.seq);
    const knocked = (await knock(room)).body;
    const page = await FeedClient.connect(first.url, room);
    page.say({ session: knocked.session, after: knocked.seq });
    await page.frame('head');
    page.close();
    await first.ask('room-lock', room, { locked: false }, host.session);
    await theirs.frame('room-unlocked');
    expect(theirs.frames.map(({ type }) => type)).not.toContain('knock-presence');
    theirs.close();
  });
});

describe('The feed of a guest who is a host now', () => {
  it('says so, and then has the page take a snapshot with all that hosts see', async () => {
    const { room, host, max } = await hosted('always');
    const theirs = await FeedClient.open(second.url, max);
    await knock(room);
    const { body } = await setRole(room, host, max, 'host');
    expect(await theirs.closed).toMatchObject({ code: FEED_CLOSE['snapshot-needed'] });
    expect(theirs.frames.map(({ type }) => type).slice(1)).toEqual([
      'withheld',
      'role-changed',
      'snapshot-needed',
    ]);
    const snapshot = (await second.ask('call-resume', room, {}, max.session)).body;
    expect(snapshot).toMatchObject({ me: { role: 'host' }, knocks: [{ name: 'Kim' }] });
    expect(snapshot.seq).toBe(body.seq);
    const back = await FeedClient.open(second.url, { ...snapshot, session: max.session });
    await knock(room);
    await back.until(body.seq + 1);
    expect(back.events.map(({ type }) => type)).toEqual(['knock-received']);
    back.close();
  });

  it('that was closed meanwhile has the page take a snapshot, too', async () => {
    const { room, host, max } = await hosted('always');
    await knock(room);
    await setRole(room, host, max, 'host');
    const late = await FeedClient.connect(second.url, room);
    late.say({ session: max.session, after: max.seq });
    expect(await late.closed).toMatchObject({ code: FEED_CLOSE['snapshot-needed'] });
  });
});

describe('The feed of a page whose stay goes on in another window', () => {
  it('ends with replaced, and is not opened again by the session before', async () => {
    const room = newRoom();
    const { body: host } = await first.enter(room, { access: 'host', sub: 'hanna' });
    const old = await FeedClient.open(first.url, host);
    const { body: next } = await second.enter(room, { access: 'host', sub: 'hanna' });
    expect(next.me.identity).toBe(host.me.identity);
    expect(await old.closed).toEqual({ code: FEED_CLOSE.replaced, reason: 'replaced' });
    const again = await FeedClient.connect(first.url, room);
    again.say({ session: host.session, after: host.seq });
    expect(await again.closed).toEqual({ code: FEED_CLOSE.replaced, reason: 'replaced' });
    expect(await again.frame('over')).toMatchObject({ exit: { next: 'takeover' } });
    const fresh = await FeedClient.open(second.url, next);
    await first.ask('room-lock', room, { locked: false }, next.session);
    await fresh.until(1);
    fresh.close();
  });
});
