import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_RECORDINGS, RECORDING_UPLOAD_TTL } from '../../src/protocol/limits.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { NEW_DRAFT } from '../../src/server/files/byte-store.ts';
import { sweepUploads } from '../../src/server/files/upload-sweep.ts';
import { RecordingUploads } from '../../src/server/files/upload-tables.ts';
import { findRecording } from '../../src/server/rules/recording-rows.ts';
import {
  beginRecordingUpload,
  growRecordingUpload,
} from '../../src/server/rules/recording-uploads.ts';
import { sweepTrash } from '../../src/server/trash-sweep.ts';
import { readSession } from '../../src/server/rules/session.ts';
import { type S3Gateway, startS3 } from '../s3-gateway.ts';
import { bytePlaces } from './support/byte-places.ts';
import { Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRecordingId, newRoom } from './support/tokens.ts';
import { collect } from './support/uploader.ts';
import { webm } from './support/webm.ts';

let s3: S3Gateway;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

/** How long what a reset cleared can be put back here, ms. */
const TRASH = 60 * 60_000;

const PLACES = bytePlaces(() => s3);

describe.each(PLACES)('Recordings that nobody goes on with, on $name', ({ open, bytes }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open, { trash: TRASH }, await bytes());
  });
  afterAll(() => rig.close());

  async function* once(sent: Uint8Array): AsyncGenerator<Uint8Array> {
    yield sent;
  }

  async function begun(isOver = true) {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const id = newRecordingId();
    await rig.call('recording-start', room, { id, recorder: 'browser' }, host.session);
    if (isOver) await rig.call('recording-stop', room, { id }, host.session);
    return { room, host, id };
  }

  /** So much of it came, as the request that carried it writes it down. */
  async function upload(room: string, { session }: Entered, id: string, came: number) {
    await rig.commits.change({ name: room }, async (change) => {
      const by = await readSession(change.tx, change.room, session, 'session', change.now);
      await beginRecordingUpload(change, by, { id, size: undefined, duration: undefined });
      if (came > 0) await growRecordingUpload(change, { id, need: came });
    });
    const { key } = await row(room, id);
    if (came === 0 || key === null) return;
    const table = new RecordingUploads(rig.ports);
    await table.keep(id, { writer: 'w' });
    await rig.bytes.append(key, NEW_DRAFT, once(webm(came)), async (draft) => {
      await table.keep(id, { draft }, 'w');
    });
  }

  async function row(room: string, id: string) {
    const found = await findRecording(rig.storage.db, (await rig.room(room)).id, id);
    if (!found) throw new Error('There is no such recording.');
    return found;
  }

  const list = async (room: string, { session }: Entered) =>
    (await rig.call('recording-list', room, {}, session)).recordings;
  const keysOf = async (room: string) =>
    collect(rig.bytes.list(`recordings/${(await rig.room(room)).id}/`));

  it('are kept as far as they came, and say so', async () => {
    const { room, host, id } = await begun();
    await upload(room, host, id, 70_000);
    rig.clock.advance(RECORDING_UPLOAD_TTL - 1);
    await sweepUploads(rig);
    expect(await list(room, host)).toEqual([]);
    rig.clock.advance(1);
    await sweepUploads(rig);
    const kept = { id, state: 'kept', partial: true, size: 70_000, type: 'video/webm' };
    expect(await list(room, host)).toMatchObject([kept]);
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'recording-added',
      recording: kept,
    });
    const { key } = await row(room, id);
    const stored = await new Response(await rig.bytes.read(key ?? '')).arrayBuffer();
    expect(Buffer.from(stored).equals(webm(70_000))).toBe(true);
    // Whoever has all of it brings it after all.
    await upload(room, host, id, 90_000);
    await rig.outbox.run();
    expect(await list(room, host)).toEqual([]);
    expect(await keysOf(room)).toHaveLength(1);
  });

  it('are nothing when nothing came, and wait while they run', async () => {
    const empty = await begun();
    await upload(empty.room, empty.host, empty.id, 0);
    const running = await begun(false);
    await upload(running.room, running.host, running.id, 50_000);
    rig.clock.advance(RECORDING_UPLOAD_TTL);
    await sweepUploads(rig);
    expect(await list(empty.room, empty.host)).toEqual([]);
    expect(await row(empty.room, empty.id)).toMatchObject({ key: null, draft: null });
    expect(await list(running.room, running.host)).toEqual([]);
    await rig.call('recording-stop', running.room, { id: running.id }, running.host.session);
    await sweepUploads(rig);
    expect(await list(running.room, running.host)).toMatchObject([{ partial: true }]);
  });

  it.each(['recordings', 'activity'] as const)('go by a reset of %s', async (part) => {
    const { room, host, id } = await begun();
    await upload(room, host, id, 70_000);
    rig.clock.advance(RECORDING_UPLOAD_TTL);
    await sweepUploads(rig);
    const next = newRecordingId();
    await rig.call('recording-start', room, { id: next, recorder: 'browser' }, host.session);
    await upload(room, host, next, 9_000_000);
    expect(await keysOf(room)).toHaveLength(2);
    const keepMe = part === 'activity';
    const done = await rig.call('room-reset', room, { parts: [part], keepMe }, host.session);
    expect(done.receipt?.parts).toContainEqual({ part: 'recordings', count: 2 });
    await rig.outbox.run();
    expect(await list(room, host)).toEqual([]);
    // What is whole is kept apart for a while, and what was on its way is not.
    expect(await keysOf(room)).toHaveLength(1);
    const { id: reset = '', parts } = done.receipt?.restorable ?? {};
    expect(parts).toContain('recordings');
    await rig.call('reset-restore', room, { id: reset }, host.session);
    expect(await list(room, host)).toMatchObject([{ id, state: 'kept', size: 70_000 }]);
    await rig.call('recording-open', room, { id }, host.session);
    await rig.call('room-reset', room, { parts: ['recordings'] }, host.session);
    rig.clock.advance(TRASH);
    await sweepTrash(rig.ports, rig.commits);
    await rig.outbox.run();
    expect(await keysOf(room)).toEqual([]);
  });
});

describe('A room', () => {
  it('forgets the oldest recordings that never came to it, when there are very many', async () => {
    const [storage] = STORAGES;
    if (!storage) throw new Error('There is no storage.');
    const rig = await Rig.open(storage.open);
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna' });
    const { id: roomId } = await rig.room(room);
    const by = { kind: 'server' as const };
    const many = Array.from({ length: MAX_RECORDINGS }, (_, at) => ({
      id: newRecordingId(),
      room_id: roomId,
      by,
      recorder: 'browser' as const,
      state: 'stopped' as const,
      name: 'old',
      at,
    }));
    for (let from = 0; from < many.length; from += 100) {
      await rig.storage.db
        .insertInto('recordings')
        .values(many.slice(from, from + 100))
        .execute();
    }
    const id = newRecordingId();
    await rig.call('recording-start', room, { id, recorder: 'browser' }, host.session);
    const { count } = await rig.storage.db
      .selectFrom('recordings')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('room_id', '=', roomId)
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(MAX_RECORDINGS);
    expect(await findRecording(rig.storage.db, roomId, many[0]?.id ?? '')).toBeUndefined();
    await rig.close();
  });
});
