import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { refusal, Rig } from './support/rig.ts';
import { TestServer } from './support/server.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

describe.each(STORAGES)('A host’s own notes on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  const host = (room: string, sub: string) => rig.enter(room, { access: 'host', sub });
  const read = (room: string, { session }: Entered) => rig.call('note-read', room, {}, session);
  const write = (room: string, { session }: Entered, text: string, version: number) =>
    rig.call('note-write', room, { text, version }, session);

  it('are there in the next call and in another window, and no other host’s', async () => {
    const room = newRoom();
    const hanna = await host(room, 'hanna');
    const ines = await host(room, 'ines');
    expect(await read(room, hanna)).toEqual({ text: '', version: 0 });
    expect(await write(room, hanna, 'Ask about the roof', 0)).toEqual({ version: 1 });
    expect(await read(room, ines)).toEqual({ text: '', version: 0 });
    await rig.call('call-end', room, {}, ines.session);
    const again = await host(room, 'hanna');
    expect(await read(room, again)).toEqual({ text: 'Ask about the roof', version: 1 });
    expect(await read(newRoom(), hanna).catch(() => 'elsewhere')).toBe('elsewhere');
  });

  it('are not written over what was not seen', async () => {
    const room = newRoom();
    const hanna = await host(room, 'hanna');
    await write(room, hanna, 'here', 0);
    expect(await refusal(write(room, hanna, 'there', 0))).toEqual({ code: 'note-changed' });
    expect(await read(room, hanna)).toEqual({ text: 'here', version: 1 });
    expect(await write(room, hanna, '', 1)).toEqual({ version: 2 });
  });

  it('are for hosts alone, and told to nobody: no event, not even a number', async () => {
    const room = newRoom();
    const hanna = await host(room, 'hanna');
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    expect(await refusal(read(room, max))).toEqual({ code: 'not-host' });
    expect(await refusal(write(room, max, 'mine', 0))).toEqual({ code: 'not-host' });
    const { seq } = await rig.room(room);
    await write(room, hanna, 'quietly', 0);
    expect((await rig.room(room)).seq).toBe(seq);
  });

  it('are gone after a full reset', async () => {
    const room = newRoom();
    const hanna = await host(room, 'hanna');
    await write(room, hanna, 'old', 0);
    await rig.call('room-reset', room, { parts: ['activity'], keepMe: true }, hanna.session);
    expect(await read(room, hanna)).toEqual({ text: '', version: 0 });
  });
});

it('A host’s own notes reach neither the integrator’s hooks nor an API key', async () => {
  const asked: string[] = [];
  const server = await TestServer.start({
    apiKeys: ['key-of-the-backend-0123456789abcdef'],
    hooks: {
      before: ({ stem }) => {
        asked.push(stem);
        return undefined;
      },
    },
  });
  try {
    const room = newRoom();
    const host = (await server.enter(room, { access: 'host', sub: 'hanna' })).body;
    const note = { text: 'for me', version: 0 };
    expect((await server.ask('note-write', room, note, host.session)).code).toBeUndefined();
    expect(asked).not.toContain('note-write');
    const key = 'key-of-the-backend-0123456789abcdef';
    expect((await server.ask('note-read', room, {}, key)).code).toBe('session-missing');
  } finally {
    await server.close();
  }
});
