import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPLOAD_TTL } from '../../src/protocol/limits.ts';
import { sweepUploads } from '../../src/server/files/upload-sweep.ts';
import { countFiles, purgeFiles } from '../../src/server/rules/files.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { bytePlaces } from './support/byte-places.ts';
import { Rig } from './support/rig.ts';
import { fileRow, keysOf, putFile } from './support/room-files.ts';
import { dump } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const PLACES = bytePlaces(() => s3);

describe.each(PLACES)('Files that go all at once, on $name', ({ open, bytes }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open, {}, await bytes());
  });
  afterAll(() => rig.close());

  const put = (room: string, stay: Entered, name: string, isWhole: boolean): Promise<string> =>
    putFile(rig, room, stay, name, { isWhole });

  it.each(['whiteboards-and-files', 'activity'] as const)('go by a reset of %s', async (part) => {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    for (const name of ['one.txt', 'two.txt']) await put(room, host, name, true);
    const { parts } = await rig.call('reset-preview', room, {}, host.session);
    expect(parts).toContainEqual({ part: 'whiteboards-and-files', count: 2 });
    const keepMe = part === 'activity';
    const done = await rig.call('room-reset', room, { parts: [part], keepMe }, host.session);
    expect(done.receipt?.parts).toContainEqual({ part: 'whiteboards-and-files', count: 2 });
    await rig.outbox.run();
    expect(await keysOf(rig, room)).toEqual([]);
    const { files } = await rig.call('file-list', room, {}, host.session);
    expect(files).toEqual([]);
    expect(await dump(rig.storage.db, ['events'])).not.toContain('two.txt');
  });

  it('leave neither row, nor link, nor byte, nor name in the log', async () => {
    const room = newRoom();
    const other = newRoom();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    const kim = await rig.enter(other, { access: 'always', sub: 'kim' });
    for (let i = 0; i < 25; i++) await put(room, max, `unseen-${i}.txt`, i % 5 !== 0);
    await put(other, kim, 'other.txt', true);
    const { id } = await rig.room(room);
    expect(await countFiles(rig.storage.db, id)).toEqual({ files: 25, bytes: 50_000 });
    expect(await keysOf(rig, room)).toHaveLength(25);
    const { files } = await rig.call('file-list', room, {}, max.session);
    await rig.call('file-open', room, { id: files[0]?.id ?? '' }, max.session);

    const { result } = await rig.commits.change({ id }, (change) => purgeFiles(change));
    expect(result).toEqual({ files: 25, bytes: 50_000 });
    expect(await countFiles(rig.storage.db, id)).toEqual({ files: 0, bytes: 0 });
    await rig.outbox.run();
    expect(await keysOf(rig, room)).toEqual([]);
    const all = await dump(rig.storage.db, ['files', 'file_links', 'events', 'outbox']);
    expect(all).not.toContain('unseen-');
    expect(all).not.toContain(id.concat('/'));
    expect(await keysOf(rig, other)).toHaveLength(1);
    expect(all).toContain('other.txt');
  });

  it('leave what came after the moment that was meant', async () => {
    const room = newRoom();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    await put(room, max, 'before.txt', true);
    const at = rig.clock.now();
    rig.clock.advance(1);
    await put(room, max, 'after.txt', true);
    const { id } = await rig.room(room);
    await rig.commits.change({ id }, (change) => purgeFiles(change, at));
    const { files } = await rig.call('file-list', room, {}, max.session);
    expect(files.map(({ name }) => name)).toEqual(['after.txt']);
  });

  it('are given up when they are uploads with which nobody goes on', async () => {
    const room = newRoom();
    const max = await rig.enter(room, { access: 'always', sub: 'max' });
    const whole = await put(room, max, 'whole.txt', true);
    await put(room, max, 'half.txt', false);
    rig.clock.advance(UPLOAD_TTL - 1);
    await sweepUploads(rig);
    expect(await keysOf(rig, room)).toHaveLength(2);
    rig.clock.advance(1);
    await sweepUploads(rig);
    await rig.outbox.run();
    const { key } = await fileRow(rig, room, whole);
    expect(await keysOf(rig, room)).toEqual([key]);
    expect(await countFiles(rig.storage.db, (await rig.room(room)).id)).toEqual({
      files: 1,
      bytes: 2_000,
    });
  });
});
