import { afterEach, describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../src/protocol/events.ts';
import type { Hooks, Wish } from '../../src/server/hooks.ts';
import { Veto } from '../../src/server/hooks.ts';
import { eventually } from '../e2e/eventually.ts';
import { CapturedLog } from './support/captured-log.ts';
import { refusal } from './support/rig.ts';
import { TestServer } from './support/server.ts';
import { entryToken, newMessageId, newRoom, newVisitor } from './support/tokens.ts';

const KEY = 'an-api-key-that-only-tests-know-of';

let server: TestServer;
afterEach(() => server.close());

async function start(hooks: Hooks): Promise<void> {
  server = await TestServer.start({ hooks, apiKeys: [KEY] });
  server.log.forbid(KEY);
}

describe('before', () => {
  it('is asked before every act, by whom, to whom and with what', async () => {
    const wishes: Wish[] = [];
    await start({ before: (wish) => void wishes.push(wish) });
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' })).body;
    const visitor = newVisitor();
    const knock = await server.ask('knock', room, { visitor, name: 'Kim', message: 'Hi' });
    const { identity } = knock.body.knock;
    await server.ask('knock-admit', room, { identity }, host.session);
    await server.ask('participant-remove', room, { identity, note: 'Bye' }, KEY);
    await server.ask('room-lock', room, { locked: false }, host.session);
    const { identity: hanna, name, role, person } = host.me;
    const by = { identity: hanna, name, role, person };
    const kim = { identity, name: 'Kim', role: 'guest', person: knock.body.knock.person };
    expect(wishes).toEqual([
      {
        stem: 'call-enter',
        room,
        by: { kind: 'visitor', person: 'hanna', name: 'Hanna', access: 'host' },
        input: { name: 'Hanna' },
      },
      {
        stem: 'knock',
        room,
        by: { kind: 'visitor', person: kim.person, name: 'Kim', access: 'knock' },
        input: { name: 'Kim', message: 'Hi' },
      },
      { stem: 'knock-admit', room, by, target: kim, input: { identity } },
      {
        stem: 'participant-remove',
        room,
        by: { kind: 'server' },
        target: kim,
        input: { identity, note: 'Bye' },
      },
      { stem: 'room-lock', room, by, input: { locked: false } },
    ]);
    const all = JSON.stringify(wishes);
    for (const secret of [visitor, host.session, knock.body.session, KEY, 'eyJ']) {
      expect(all).not.toContain(secret);
    }
  });

  it('forbids with a reason that the person reads, and nothing happens', async () => {
    await start({
      before: async ({ stem }) =>
        stem === 'call-enter' ? undefined : { forbid: 'Ask\u202e your\nadmin.' },
    });
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
    for (const session of [host.session, KEY]) {
      const answer = await server.ask('room-lock', room, { locked: false }, session);
      expect(answer.status).toBe(403);
      expect(answer.problem).toMatchObject({ code: 'forbidden', reason: 'Ask your admin.' });
    }
    const knock = await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
    expect(knock.problem).toMatchObject({ code: 'forbidden', reason: 'Ask your admin.' });
    const { body } = await server.ask('room-read', room, {}, host.session);
    expect(body).toMatchObject({ seq: 0, room: { locked: true }, knocks: [] });
  });

  it('may forbid a message, also by its change, and hears nothing of private ones', async () => {
    const wishes: Wish[] = [];
    await start({
      before: (wish) => {
        wishes.push(wish);
        return /darn/.test(String(wish.input['text'])) ? { forbid: 'Mind your words.' } : undefined;
      },
    });
    const room = newRoom();
    const gil = (await server.enter(room, { access: 'always', sub: 'gil', name: 'Gil' })).body;
    const ada = (await server.enter(room, { access: 'always', sub: 'ada' })).body;
    wishes.length = 0;
    const say = (text: string, to?: string, id = newMessageId()) =>
      server.ask('message-send', room, { id, text, ...(to && { to }) }, gil.session);
    const id = newMessageId();
    const refused = { code: 'forbidden', reason: 'Mind your words.' };
    expect((await say('darn')).problem).toMatchObject(refused);
    expect((await say('Hello', undefined, id)).code).toBeUndefined();
    const edit = await server.ask('message-edit', room, { id, text: 'darn it' }, gil.session);
    expect(edit.code).toBe('forbidden');
    const list = await server.ask('message-list', room, {}, ada.session);
    expect(list.body.messages).toMatchObject([{ text: 'Hello' }]);
    expect(wishes[0]).toMatchObject({ stem: 'message-send', by: { name: 'Gil' } });

    wishes.length = 0;
    const own = newMessageId();
    await server.ask('note-write', room, { text: 'mine', version: 0 }, gil.session);
    expect((await say('darn, between us', ada.me.identity, own)).code).toBeUndefined();
    await server.ask('message-edit', room, { id: own, text: 'darn again' }, gil.session);
    await server.ask('message-delete', room, { id: own }, gil.session);
    expect(wishes).toEqual([]);
  });

  it('forbids coming in', async () => {
    await start({ before: () => ({ forbid: 'Full.' }) });
    const answer = await server.enter(newRoom(), { access: 'always', sub: 'max' });
    expect(answer.problem).toMatchObject({ code: 'forbidden', reason: 'Full.' });
  });

  it('is not asked for what nobody may do anyway, for reading, or for server code', async () => {
    const wishes: Wish[] = [];
    await start({ before: (wish) => void wishes.push(wish) });
    const room = newRoom();
    const token = await entryToken({ room, access: 'always', sub: 'gil' });
    const guest = (await server.enter(room, { token })).body;
    wishes.length = 0;
    expect((await server.ask('room-lock', room, { locked: false }, guest.session)).code).toBe(
      'not-host',
    );
    expect((await server.ask('room-lock', room, { locked: false })).code).toBe('session-missing');
    await server.ask('room-read', room, {}, KEY);
    await server.ask('call-resume', room, {}, guest.session);
    await server.meeting.rooms.setLocked(room, false);
    expect(wishes).toEqual([]);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('the shop is down'))],
    ['throws at once', () => assertNever()],
    ['answers nonsense', () => ({ forbid: 7 }) as never],
    ['answers false', () => false as never],
  ])('that %s refuses the act, and is logged', async (_how, before) => {
    await start({ before });
    const room = newRoom();
    const answer = await server.ask('room-lock', room, { locked: false }, KEY);
    expect([answer.status, answer.code]).toEqual([503, 'hook-failed']);
    expect(server.log.of('error').join()).toMatch(/The hook `before` failed/);
    expect((await server.ask('room-read', room, {}, KEY)).body.room.locked).toBe(true);
  });

  it('that does not answer in time refuses the act', async () => {
    await start({});
    const veto = new Veto(() => new Promise(() => undefined), new CapturedLog(), 20);
    const wish: Wish = { stem: 'room-lock', room: 'x', by: { kind: 'server' }, input: {} };
    expect((await refusal(veto.ask(wish))).code).toBe('hook-failed');
  });
});

describe('event', () => {
  it('hears every event once, after its commit, in order, as the log has it', async () => {
    const heard: RoomEvent[] = [];
    let early = 0;
    await start({
      event: async (event) => {
        heard.push(event);
        const log = await server.meeting.rooms.events(event.room, event.seq - 1);
        if (!log.some(({ id }) => id === event.id)) early += 1;
      },
    });
    const room = newRoom();
    const { session } = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
    const turns = Array.from({ length: 30 }, (_, i) =>
      server.ask('room-lock', room, { locked: i % 2 === 0 }, session),
    );
    await Promise.all(turns);
    const log = (await server.ask('events', room, { after: '0' }, session)).body.events;
    expect(log.length).toBeGreaterThan(0);
    await eventually('all of them', () => heard.length >= log.length);
    expect(heard).toEqual(log);
    expect(early).toBe(0);
  });

  it('that throws is logged and harms nobody', async () => {
    let calls = 0;
    await start({
      event: () => {
        calls += 1;
        if (calls % 2 === 0) throw new Error('no');
        return Promise.reject(new Error('no'));
      },
    });
    const room = newRoom();
    for (const locked of [false, true, false]) {
      expect((await server.ask('room-lock', room, { locked }, KEY)).status).toBe(200);
    }
    await eventually('three failures', () => server.log.of('error').length === 3);
    expect(calls).toBe(3);
  });
});

function assertNever(): never {
  throw new Error('at once');
}
