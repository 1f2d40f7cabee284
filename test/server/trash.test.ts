import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { sweepTrash } from '../../src/server/trash-sweep.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { bytePlaces } from './support/byte-places.ts';
import { refusal, Rig } from './support/rig.ts';
import { keysOf, putFile } from './support/room-files.ts';
import { dump } from './support/storages.ts';
import { newMessageId, newRoom, newVisitor } from './support/tokens.ts';
import { collect, pattern } from './support/uploader.ts';

const HOUR = 3_600_000;
const WEBHOOK = 'https://backend.example/hook';
/** Everything but the trash itself, and who the people are who are in. */
const ROOM = ['events', 'messages', 'files', 'whiteboards', 'notes', 'outbox'] as const;

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const PLACES = bytePlaces(() => s3);

describe.each(PLACES)('The trash of resets, on $name,', ({ open, bytes }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(
      open,
      { trash: 24 * HOUR, webhooks: [{ url: WEBHOOK, types: ['room-restored'] }] },
      await bytes(),
    );
  });
  afterAll(() => rig.close());

  const say = async (
    room: string,
    { session }: Entered,
    text: string,
    more: Partial<Input<'message-send'>> = {},
  ): Promise<string> => {
    const { message } = await rig.call(
      'message-send',
      room,
      { id: newMessageId(), text, ...more },
      session,
    );
    return message.id;
  };
  const said = async (room: string, { session }: Entered): Promise<string[]> =>
    (await rig.call('message-list', room, {}, session)).messages.map(({ text }) => text);
  const filesOf = async (room: string, { session }: Entered): Promise<string[]> =>
    (await rig.call('file-list', room, {}, session)).files.map(({ name }) => name);
  const reset = async (
    room: string,
    { session }: Entered,
    parts: Input<'room-reset'>['parts'],
    keepMe = false,
  ) => {
    const input = { parts, ...(keepMe && { keepMe }) };
    const { receipt } = await rig.call('room-reset', room, input, session);
    if (!receipt) throw new Error('It is not done.');
    return receipt;
  };
  const restore = (room: string, { session }: Entered, id: string | undefined) =>
    rig.call('reset-restore', room, { id: id ?? '' }, session);
  const restorable = async (room: string, { session }: Entered) =>
    (await rig.call('reset-preview', room, {}, session)).restorable;
  const boardId = (): string => newMessageId().replace('m_', 'w_');

  /** A room with something of each part in it. */
  async function full() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Maximilian' });
    await say(room, max, 'Im Vertrauen gesagt');
    const file = await putFile(rig, room, max, 'geheim.txt');
    const board = boardId();
    await rig.call('whiteboard-create', room, { id: board, name: 'Skizze' }, max.session);
    const drawn = { id: board, gen: 1, update: 'AAA=', key: 'k'.repeat(22) };
    await rig.call('whiteboard-update', room, drawn, max.session);
    await rig.call('note-write', room, { text: 'Nur für mich', version: 0 }, host.session);
    const guest = { name: 'Ingeborg', access: 'always' as const };
    const invited = await rig.call('invitation-create', room, guest, host.session);
    return { room, host, max, file, board, key: invited.key };
  }

  it('keeps what was cleared out of everybody’s sight, and says until when', async () => {
    const { room, host, max, file, board } = await full();
    const { link } = await openLink(room, max, file);
    const past = /Im Vertrauen|geheim\.txt|Skizze/;
    const { id } = await rig.room(room);
    const rows = async (): Promise<string> =>
      (await dump(rig.storage.db, ROOM))
        .split('\n')
        .filter((row) => row.includes(id))
        .join('\n');
    expect(await rows()).toMatch(past);
    const receipt = await reset(room, host, ['chat', 'whiteboards-and-files', 'access']);
    const until = rig.clock.now() + 24 * HOUR;
    expect(receipt.restorable).toEqual({
      id: expect.stringMatching(/^z_/),
      until,
      parts: ['chat', 'whiteboards-and-files'],
    });
    for (const stay of [host, max]) {
      expect(await said(room, stay)).toEqual([]);
      expect(await filesOf(room, stay)).toEqual([]);
    }
    const { whiteboards } = await rig.call('whiteboard-list', room, {}, max.session);
    expect(whiteboards).toEqual([]);
    const codes = await Promise.all([
      refusal(rig.call('file-open', room, { id: file }, max.session)),
      refusal(rig.call('file-read', room, { link })),
      refusal(rig.call('whiteboard-read', room, { id: board }, max.session)),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([
      'file-not-found',
      'file-link-invalid',
      'whiteboard-not-found',
    ]);
    expect(await rows()).not.toMatch(past);
    expect(await restorable(room, host)).toEqual([
      {
        id: receipt.restorable?.id,
        at: receipt.startedAt,
        until,
        by: expect.objectContaining({ name: 'Hanna' }),
        parts: [
          { part: 'chat', count: 1 },
          { part: 'whiteboards-and-files', count: 2 },
        ],
      },
    ]);
    expect(await rig.rooms.previewReset(room)).toMatchObject({
      keptFor: 24 * HOUR,
      restorable: [{ until }],
    });
  });

  async function openLink(room: string, { session }: Entered, id: string) {
    const { url } = await rig.call('file-open', room, { id }, session);
    const link = new URL(url).searchParams.get('link') ?? '';
    return { link };
  }

  it('gives it back as it was: messages, files with their bytes, whiteboards', async () => {
    const { room, host, max, file, board } = await full();
    const gil = await rig.enter(room, { access: 'always', sub: 'gil', name: 'Gil' });
    const first = await say(room, host, 'Unter uns', { to: max.me.identity });
    await say(room, max, 'Ja.', { to: host.me.identity, replyTo: first });
    const before = await said(room, max);
    const updates = await rig.call('whiteboard-read', room, { id: board }, max.session);
    const { restorable: kept } = await reset(room, host, ['chat', 'whiteboards-and-files']);
    await rig.outbox.run();
    rig.clock.advance(1_000);
    await say(room, gil, 'Neu');
    const back = await restore(room, host, kept?.id);
    expect(back.parts).toEqual([
      { part: 'chat', count: 3 },
      { part: 'whiteboards-and-files', count: 2 },
    ]);
    expect(await said(room, max)).toEqual([...before, 'Neu']);
    // What is private is nobody else's after it, either.
    expect(await said(room, gil)).toEqual(['Im Vertrauen gesagt', 'Neu']);
    expect(await filesOf(room, gil)).toEqual(['geheim.txt']);
    const { link } = await openLink(room, gil, file);
    const answer = await rig.call('file-read', room, { link });
    const read = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.from(read).equals(Buffer.from(pattern(2_000)))).toBe(true);
    expect(await rig.call('whiteboard-read', room, { id: board }, gil.session)).toEqual(updates);
    const events = await rig.events(room, gil.session);
    expect(events.at(-1)).toMatchObject({
      type: 'room-restored',
      parts: ['chat', 'whiteboards-and-files'],
      by: { name: 'Hanna' },
    });
    const told = await rig.storage.db
      .selectFrom('deliveries')
      .selectAll()
      .where('room_id', '=', (await rig.room(room)).id)
      .execute();
    expect(told.map(({ event }) => event.type)).toEqual(['room-restored']);
    expect(await restorable(room, host)).toEqual([]);
    const { code } = await refusal(restore(room, host, kept?.id));
    expect(code).toBe('reset-not-found');
    // The chat still counts right, and one goes on in it.
    const numbers = await rig.storage.db
      .selectFrom('messages')
      .select(['number', 'text'])
      .where('room_id', '=', (await rig.room(room)).id)
      .orderBy('seq')
      .execute();
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    await say(room, gil, 'Und weiter');
  });

  it('gives it back after an update of the server, whose tables have another column', async () => {
    const { room, host } = await full();
    const { restorable: kept } = await reset(room, host, ['chat', 'whiteboards-and-files']);
    const { db } = rig.storage;
    for (const table of ['messages', 'files', 'whiteboards'] as const) {
      await sql`alter table ${sql.table(table)} add later text not null default 'new'`.execute(db);
    }
    try {
      await restore(room, host, kept?.id);
      expect(await said(room, host)).toEqual(['Im Vertrauen gesagt']);
      expect(await filesOf(room, host)).toEqual(['geheim.txt']);
    } finally {
      for (const table of ['messages', 'files', 'whiteboards'] as const) {
        await sql`alter table ${sql.table(table)} drop later`.execute(db);
      }
    }
  });

  it('gives back no way in: invitations are gone at once', async () => {
    const { room, host, key } = await full();
    const alone = await reset(room, host, ['access']);
    expect(alone.restorable).toBeUndefined();
    expect(await restorable(room, host)).toEqual([]);
    const other = await full();
    const { restorable: kept } = await reset(other.room, other.host, ['activity'], true);
    await restore(other.room, other.host, kept?.id);
    for (const [where, secret] of [
      [room, key],
      [other.room, other.key],
    ] as const) {
      const check = rig.call('call-check', where, { visitor: newVisitor(), key: secret });
      expect(await refusal(check)).toEqual({ code: 'access-key-invalid' });
    }
  });

  it('keeps no half of an upload', async () => {
    const { room, host, max } = await full();
    await putFile(rig, room, max, 'halb.txt', { isWhole: false });
    const receipt = await reset(room, host, ['whiteboards-and-files']);
    await rig.outbox.run();
    expect(await keysOf(rig, room)).toHaveLength(1);
    expect((await restorable(room, host))[0]?.parts).toEqual([
      { part: 'whiteboards-and-files', count: 2 },
    ]);
    await restore(room, host, receipt.restorable?.id);
    expect(await filesOf(room, host)).toEqual(['geheim.txt']);
  });

  it('of nothing is none', async () => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    expect((await reset(room, host, ['chat'])).restorable).toBeUndefined();
  });

  it('gives no board to another that has its id by now', async () => {
    const { room, host, max, board } = await full();
    const { restorable: kept } = await reset(room, host, ['whiteboards-and-files']);
    await rig.call('whiteboard-create', room, { id: board, name: 'Andere' }, max.session);
    await restore(room, host, kept?.id);
    const { whiteboards } = await rig.call('whiteboard-list', room, {}, max.session);
    expect(whiteboards.map(({ name }) => name)).toEqual(['Andere']);
    const { updates } = await rig.call('whiteboard-read', room, { id: board }, max.session);
    expect(updates).toEqual([]);
  });

  describe('of a full reset', () => {
    it('gives the history back, and nobody who was in or kept out', async () => {
      const { room, host, max } = await full();
      const rob = await rig.enter(room, { access: 'always', sub: 'rob', name: 'Robert' });
      const { identity } = rob.me;
      await rig.call('participant-remove', room, { identity, block: true }, host.session);
      const before = await activity(room, host);
      const { restorable: kept } = await reset(room, host, ['activity']);
      const again = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
      expect((await activity(room, again)).map(({ type }) => type)).toEqual(['room-reset']);
      const back = await restore(room, again, kept?.id);
      expect(back.parts.map(({ part }) => part)).toEqual([
        'chat',
        'whiteboards-and-files',
        'activity',
      ]);
      const after = await activity(room, again);
      const resetEnded = after.findIndex(({ type }) => type === 'room-reset');
      expect(after.slice(0, 2).map(({ type }) => type)).toEqual(['room-restored', 'room-reset']);
      const past = after.slice(resetEnded + 1);
      expect(past.slice(-before.length)).toEqual(before);
      const { events } = await rig.call('events', room, { after: '0' }, again.session);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      expect(await rig.call('note-read', room, {}, again.session)).toMatchObject({
        text: 'Nur für mich',
      });
      for (const { session } of [host, max, rob]) {
        const told = await refusal(rig.call('call-resume', room, {}, session));
        expect(told).toMatchObject({ code: 'admission-over', reason: 'reset' });
      }
      await rig.enter(room, { access: 'always', sub: 'rob', name: 'Robert' });
    });

    it('is for who did it and for code: the room may be in other hands', async () => {
      const { room, host } = await full();
      const { restorable: kept } = await reset(room, host, ['activity']);
      const next = await rig.enter(room, { access: 'host', sub: 'neo', name: 'Neo' });
      expect(await restorable(room, next)).toEqual([]);
      for (const stem of ['reset-restore', 'reset-purge'] as const) {
        const tried = rig.call(stem, room, { id: kept?.id ?? '' }, next.session);
        expect((await refusal(tried)).code).toBe('reset-not-found');
      }
      expect((await rig.rooms.previewReset(room)).restorable).toHaveLength(1);
      await rig.rooms.restoreReset(room, kept?.id ?? '');
      expect(await said(room, next)).toEqual(['Im Vertrauen gesagt']);
    });

    it('of a part, any host may undo', async () => {
      const { room, host } = await full();
      const { restorable: kept } = await reset(room, host, ['chat']);
      const other = await rig.enter(room, { access: 'host', sub: 'hugo', name: 'Hugo' });
      await restore(room, other, kept?.id);
      expect(await said(room, other)).toEqual(['Im Vertrauen gesagt']);
    });
  });

  const activity = async (
    room: string,
    { session }: Entered,
  ): Promise<Answer<'activity'>['events']> =>
    (await rig.call('activity', room, { limit: '200' }, session)).events;

  describe('is emptied for good', () => {
    async function gone(room: string, host: Entered, id: string | undefined): Promise<void> {
      await rig.outbox.run();
      expect(await keysOf(rig, room)).toEqual([]);
      const { id: roomId } = await rig.room(room);
      const rows = await dump(rig.storage.db, ['trash', 'trash_rows', 'outbox']);
      expect(rows).not.toContain(roomId);
      expect((await refusal(restore(room, host, id))).code).toBe('reset-not-found');
    }

    it('when its time is over', async () => {
      const { room, host } = await full();
      const { restorable: kept } = await reset(room, host, ['chat', 'whiteboards-and-files']);
      rig.clock.advance(24 * HOUR - 1);
      await sweepTrash(rig.ports, rig.commits);
      await rig.outbox.run();
      expect(await keysOf(rig, room)).toHaveLength(1);
      expect(await restorable(room, host)).toHaveLength(1);
      rig.clock.advance(1);
      // At once, and not when it is next looked for.
      expect(await restorable(room, host)).toEqual([]);
      expect((await refusal(restore(room, host, kept?.id))).code).toBe('reset-not-found');
      await sweepTrash(rig.ports, rig.commits);
      await gone(room, host, kept?.id);
    });

    it('by a host or by code, at once', async () => {
      const { room, host } = await full();
      const { restorable: kept } = await reset(room, host, ['whiteboards-and-files']);
      const id = kept?.id ?? '';
      await rig.call('reset-purge', room, { id }, host.session);
      await gone(room, host, id);
      const other = await full();
      const again = await reset(other.room, other.host, ['activity'], true);
      await rig.rooms.purgeReset(other.room, again.restorable?.id ?? '');
      await gone(other.room, other.host, again.restorable?.id);
    });

    it('by the next reset of the same part', async () => {
      const { room, host, max } = await full();
      const first = await reset(room, host, ['chat', 'whiteboards-and-files']);
      await say(room, max, 'Noch etwas');
      const second = await reset(room, host, ['chat']);
      expect((await restorable(room, host)).map(({ id, parts }) => ({ id, parts }))).toEqual(
        expect.arrayContaining([
          { id: second.restorable?.id, parts: [{ part: 'chat', count: 1 }] },
          { id: first.restorable?.id, parts: [{ part: 'whiteboards-and-files', count: 2 }] },
        ]),
      );
      await restore(room, host, second.restorable?.id);
      expect(await said(room, host)).toEqual(['Noch etwas']);
    });

    it('by a second full reset', async () => {
      const { room, host } = await full();
      const first = await reset(room, host, ['activity'], true);
      await reset(room, host, ['activity'], true);
      await rig.outbox.run();
      expect(await keysOf(rig, room)).toEqual([]);
      const { id } = await rig.room(room);
      const left = (await dump(rig.storage.db, ['trash_rows'])).split('\n');
      expect(left.filter((row) => row.includes(id)).join('\n')).not.toContain('Im Vertrauen');
      expect((await refusal(restore(room, host, first.restorable?.id))).code).toBe(
        'reset-not-found',
      );
    });
  });

  it('is there once the reset is done, also when its process died in between', async () => {
    const { room, host } = await full();
    const finish = rig.resets.finish.bind(rig.resets);
    rig.resets.finish = async (begun) => {
      await rig.resets.step(begun, 1);
      return undefined;
    };
    try {
      const input = { parts: ['chat', 'whiteboards-and-files'] as const };
      const half = await rig.call('room-reset', room, { parts: [...input.parts] }, host.session);
      expect(half.settled).toBe(false);
    } finally {
      rig.resets.finish = finish;
    }
    expect(await restorable(room, host)).toEqual([]);
    rig.clock.advance(2_001);
    await rig.resets.run();
    const [kept] = await restorable(room, host);
    expect(kept?.parts.map(({ part }) => part)).toEqual(['chat', 'whiteboards-and-files']);
    await restore(room, host, kept?.id);
    expect(await said(room, host)).toEqual(['Im Vertrauen gesagt']);
    expect(await filesOf(room, host)).toEqual(['geheim.txt']);
    expect(await collect(rig.bytes.list(`files/${(await rig.room(room)).id}/`))).toHaveLength(1);
  });
});
