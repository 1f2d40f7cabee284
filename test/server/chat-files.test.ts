import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { newFolder } from './support/folders.ts';
import { TestServer } from './support/server.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { newMessageId, newRoom } from './support/tokens.ts';
import { Uploader } from './support/uploader.ts';

const PLACES = [
  {
    name: 'PGlite',
    open: async () => {
      const folder = await newFolder();
      await seedFolder(`${folder}/data`);
      return { folder: `${folder}/data` };
    },
  },
  { name: 'PostgreSQL', open: async () => ({ url: await newDatabase() }) },
];

describe.each(PLACES)('Files in the chat on $name', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      storage: await open(),
      files: { folder: await newFolder() },
    });
  });
  afterAll(() => server.close());

  const enter = async (room: string, sub: string, access: 'host' | 'always' = 'always') =>
    (await server.enter(room, { access, sub, name: sub })).body;
  const upload = (room: string, { session }: Entered, name: string): Promise<string> =>
    new Uploader(server.url, room, session).send(name, 'What was said');
  const send = (room: string, { session }: Entered, input: Partial<Input<'message-send'>>) =>
    server.ask('message-send', room, { id: newMessageId(), text: '', ...input }, session);
  const list = async (room: string, { session }: Entered) =>
    (await server.ask('message-list', room, {}, session)).body.messages;
  const log = async (room: string, { session }: Entered) =>
    (await server.ask('events', room, { after: '0' }, session)).body.events;

  it('come with a message, to everybody and later, as the room has them', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const id = await upload(room, max, 'notes.txt');
    const { body } = await send(room, max, { file: id });
    const file = { id, name: 'notes.txt', size: 13, type: 'text/plain', by: { name: 'max' } };
    expect(body.message).toMatchObject({ text: '', file });
    expect(await list(room, hanna)).toMatchObject([{ file }]);
    const told = (await log(room, hanna)).find(({ type }) => type === 'message-received');
    expect(told).toMatchObject({ message: { file } });
    // Somebody else's file may be shown again, with words to it.
    await send(room, hanna, { file: id, text: 'This one' });
    expect(await list(room, max)).toMatchObject([{ file }, { text: 'This one', file }]);
  });

  it('are gone from it once they are deleted, wherever it is told', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const id = await upload(room, max, 'secret-name.txt');
    const { message } = (await send(room, max, { file: id })).body;
    await server.ask('file-delete', room, { id }, max.session);
    const gone = { id: message.id, file: { id, gone: true } };
    expect(await list(room, hanna)).toMatchObject([gone]);
    const told = (await log(room, hanna)).find(({ type }) => type === 'message-received');
    expect(told).toMatchObject({ message: gone });
    expect(JSON.stringify([await list(room, hanna), told])).not.toContain('secret-name');
    // Its author may still say something beside it, and take it away.
    const edit = { id: message.id, text: '' };
    expect((await server.ask('message-edit', room, edit, max.session)).status).toBe(200);
    const { body } = await server.ask('message-delete', room, { id: message.id }, max.session);
    expect(body.message.file).toBeUndefined();
    expect((await list(room, hanna))[0]?.file).toBeUndefined();
  });

  it('are gone after a reset of files alone, and the messages stay', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const id = await upload(room, hanna, 'plan.txt');
    await send(room, hanna, { file: id, text: 'The plan' });
    const parts = ['whiteboards-and-files' as const];
    expect((await server.ask('room-reset', room, { parts }, hanna.session)).status).toBe(200);
    expect(await list(room, hanna)).toMatchObject([{ text: 'The plan', file: { id, gone: true } }]);
  });

  it('must be complete files of this room, and come in no private message', async () => {
    const room = newRoom();
    const hanna = await enter(room, 'hanna', 'host');
    const max = await enter(room, 'max');
    const elsewhere = newRoom();
    const other = await upload(elsewhere, await enter(elsewhere, 'max', 'host'), 'other.txt');
    const url = await new Uploader(server.url, room, max.session).create('half.txt', 100);
    const half = url.split('/').at(-1) ?? '';
    for (const file of [other, half, `f_${'0'.repeat(22)}`]) {
      expect((await send(room, max, { file })).code).toBe('file-not-found');
    }
    const file = await upload(room, max, 'mine.txt');
    const to = hanna.me.identity;
    expect((await send(room, max, { file, to, text: 'You only' })).code).toBe('invalid-input');
    expect((await send(room, max, { text: '' })).code).toBe('invalid-input');
    expect((await send(room, max, { file: 'no id' })).code).toBe('invalid-input');
    expect(await list(room, hanna)).toEqual([]);
  });

  it('are sent once, however often a page asks', async () => {
    const room = newRoom();
    const max = await enter(room, 'max', 'host');
    const file = await upload(room, max, 'notes.txt');
    const id = newMessageId();
    const [first, again] = [
      await send(room, max, { id, file }),
      await send(room, max, { id, file }),
    ];
    expect(again.body.message).toEqual(first.body.message);
    expect(await list(room, max)).toHaveLength(1);
  });
});
