import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECORDER_LOST_AFTER } from '../../src/protocol/limits.ts';
import type { RoomEventOf } from '../../src/protocol/events.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { DEFAULT_RECORDINGS } from '../../src/server/policy.ts';
import { refusal, Rig } from './support/rig.ts';
import { dump, STORAGES } from './support/storages.ts';
import { newRecordingId, newRoom, newVisitor } from './support/tokens.ts';

const RUNS = { state: 'running', recorder: 'browser' };

describe.each(STORAGES)('Recording on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
    rig.start();
  });
  afterAll(() => rig.close());

  async function hosted() {
    const room = newRoom();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    const other = await rig.enter(room, { access: 'host', sub: 'olga', name: 'Olga' });
    const max = await rig.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    for (const stay of [host, other, max]) await rig.connect(stay);
    return { room, host, other, max };
  }

  const start = (room: string, { session }: Entered, id = newRecordingId()) =>
    rig.call('recording-start', room, { id, recorder: 'browser' }, session);
  const stop = (room: string, { session }: Entered, id: string) =>
    rig.call('recording-stop', room, { id }, session);
  const known = (room: string, { session }: Entered) => rig.call('call-resume', room, {}, session);
  const stops = async (room: string, { session }: Entered) =>
    (await rig.events(room, session)).filter(
      (event): event is RoomEventOf<'recording-stopped'> => event.type === 'recording-stopped',
    );

  it('is started and stopped by hosts, once each, and everybody hears of it', async () => {
    const { room, host, other, max } = await hosted();
    const { seq, recording } = await start(room, host);
    expect(recording).toMatchObject({ ...RUNS, by: { name: 'Hanna' } });
    // Whoever did not hear the answer asks again.
    expect(await start(room, host, recording.id)).toEqual({ seq, recording });
    expect(await known(room, max)).toMatchObject({ recording, recordingConsent: 'tell' });
    rig.clock.advance(90_000);
    const stopped = await stop(room, other, recording.id);
    expect(await stop(room, host, recording.id)).toEqual(stopped);
    expect(await known(room, max)).not.toHaveProperty('recording');
    const told = await rig.events(room, max.session);
    expect(told.filter(({ type }) => type.startsWith('recording-'))).toMatchObject([
      { type: 'recording-started', recording: RUNS, by: { name: 'Hanna' } },
      {
        type: 'recording-stopped',
        reason: 'stopped',
        recording: { state: 'stopped', duration: 90_000 },
        by: { name: 'Olga' },
      },
    ]);
    const again = await refusal(start(room, host, recording.id));
    expect(again).toEqual({ code: 'recording-id-taken' });
  });

  it('goes on once in a room at a time, also when two hosts start at the same moment', async () => {
    const { room, host, other } = await hosted();
    const tried = await Promise.allSettled([
      start(room, host),
      start(room, other),
      start(room, host),
      start(room, other),
    ]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const running = await rig.storage.db
      .selectFrom('recordings')
      .select('id')
      .where('room_id', '=', (await rig.room(room)).id)
      .execute();
    expect(running).toHaveLength(1);
    expect(await refusal(start(room, other))).toEqual({ code: 'recording-running' });
  });

  it('abuse 58: is no guest’s to start, stop, list, open or delete', async () => {
    const { room, host, max } = await hosted();
    expect(await refusal(start(room, max))).toEqual({ code: 'not-host' });
    const { recording } = await start(room, host);
    const { id } = recording;
    expect(await refusal(stop(room, max, id))).toEqual({ code: 'not-host' });
    for (const stem of ['recording-open', 'recording-delete'] as const) {
      const tried = rig.call(stem, room, { id }, max.session);
      expect(await refusal(tried)).toEqual({ code: 'not-host' });
    }
    const listed = rig.call('recording-list', room, {}, max.session);
    expect(await refusal(listed)).toEqual({ code: 'not-host' });
    expect(await known(room, max)).toMatchObject({ recording });
  });

  it('is told to whoever is about to join, but not who must knock', async () => {
    const { room, host } = await hosted();
    const check = (key?: string) =>
      rig.call('call-check', room, { visitor: newVisitor(), ...(key && { key }) });
    const { key } = await rig.call('link-set', room, { access: 'always' }, host.session);
    expect(await check(key)).not.toHaveProperty('recording');
    const { recording } = await start(room, host);
    expect(await check(key)).toMatchObject({ recording: { at: recording.at, consent: 'tell' } });
    expect(await check()).not.toHaveProperty('recording');
  });

  it('is agreed to by each who is in it, once', async () => {
    const { room, host, max } = await hosted();
    const { recording } = await start(room, host);
    const agree = (stay: Entered, id = recording.id) =>
      rig.call('recording-consent', room, { id }, stay.session);
    expect((await known(room, max)).recordingAgreed).toEqual([host.me.identity]);
    const { seq } = await agree(max);
    expect(await agree(max)).toEqual({ seq });
    expect(await agree(host)).toEqual({ seq });
    expect(new Set((await known(room, max)).recordingAgreed)).toEqual(
      new Set([host.me.identity, max.me.identity]),
    );
    const told = await rig.events(room, max.session);
    expect(told.at(-1)).toMatchObject({
      type: 'recording-consented',
      participant: { name: 'Max' },
      recording: { id: recording.id },
    });
    await stop(room, host, recording.id);
    expect(await refusal(agree(max))).toEqual({ code: 'recording-not-found' });
    const next = await start(room, host);
    expect((await known(room, max)).recordingAgreed).toEqual([host.me.identity]);
    expect(next.recording.id).not.toBe(recording.id);
  });

  it('ends with the stay of who records, whatever ends it', async () => {
    const left = await hosted();
    await start(left.room, left.host);
    await rig.call('call-leave', left.room, {}, left.host.session);
    expect(await stops(left.room, left.max)).toMatchObject([{ reason: 'left' }]);

    const removed = await hosted();
    await start(removed.room, removed.host);
    const { identity } = removed.host.me;
    await rig.call('participant-remove', removed.room, { identity }, removed.other.session);
    expect(await stops(removed.room, removed.max)).toMatchObject([
      { reason: 'removed', by: { name: 'Olga' } },
    ]);

    const ended = await hosted();
    await start(ended.room, ended.host);
    await rig.call('call-end', ended.room, { keepMe: true }, ended.other.session);
    expect(await stops(ended.room, ended.other)).toMatchObject([{ reason: 'ended' }]);

    const demoted = await hosted();
    await start(demoted.room, demoted.host);
    const role = { identity: demoted.host.me.identity, role: 'guest' } as const;
    await rig.call('role-set', demoted.room, role, demoted.other.session);
    expect(await stops(demoted.room, demoted.max)).toMatchObject([
      { reason: 'stopped', by: { name: 'Olga' } },
    ]);
  });

  it('goes on when others end, and when the one who records keeps themselves in', async () => {
    const { room, host, max } = await hosted();
    await start(room, host);
    await rig.call('call-leave', room, {}, max.session);
    await rig.call('call-end', room, { keepMe: true }, host.session);
    expect(await known(room, host)).toMatchObject({ recording: RUNS });
  });

  it('ends when another window takes over the page that records', async () => {
    const { room, host, max } = await hosted();
    await start(room, host);
    await rig.call('call-resume', room, { takeOver: true }, host.session);
    expect(await stops(room, max)).toMatchObject([{ reason: 'lost' }]);
  });

  it('is lost when who records is away for 30 s, and not sooner', async () => {
    const { room, host, max } = await hosted();
    await start(room, host);
    await rig.disconnect(host);
    await rig.pass(RECORDER_LOST_AFTER - 1_000, room);
    expect(await known(room, max)).toMatchObject({ recording: RUNS });
    await rig.connect(host);
    await rig.pass(10_000, room);
    expect(await stops(room, max)).toEqual([]);
    await rig.disconnect(host, { saidGoodbye: true });
    await rig.pass(5_000, room);
    expect(await stops(room, max)).toEqual([]);
    await rig.pass(RECORDER_LOST_AFTER, room);
    expect(await stops(room, max)).toMatchObject([{ reason: 'lost' }]);
  });

  it('ends with a reset, which says so before anything else', async () => {
    const { room, host, max } = await hosted();
    await start(room, host);
    const parts = ['recordings'] as const;
    const done = await rig.call('room-reset', room, { parts: [...parts] }, host.session);
    expect(done.receipt?.parts).toEqual([{ part: 'recordings', count: 0 }]);
    expect(await known(room, max)).not.toHaveProperty('recording');
    const told = await rig.events(room, max.session);
    expect(told.slice(-2)).toMatchObject([
      { type: 'recording-stopped', reason: 'reset', recording: { name: '' } },
      { type: 'room-reset', parts: ['recordings'] },
    ]);
  });

  it('leaves nothing behind after a full reset, but the host who stays records no more', async () => {
    const { room, host } = await hosted();
    await start(room, host);
    const keep = { parts: ['activity'] as 'activity'[], keepMe: true };
    await rig.call('room-reset', room, keep, host.session);
    expect(await known(room, host)).not.toHaveProperty('recording');
    const all = await dump(rig.storage.db, ['recordings', 'recording_consents']);
    expect(all).not.toContain((await rig.room(room)).id);
  });

  it('is a backend’s to stop, list and delete; it has no browser to record in', async () => {
    const { room, host } = await hosted();
    const { recording } = await start(room, host);
    expect(await refusal(rig.rooms.startRecording(room, newRecordingId()))).toMatchObject({
      code: 'invalid-input',
    });
    expect(await refusal(rig.rooms.deleteRecording(room, recording.id))).toEqual({
      code: 'recording-running',
    });
    expect(await rig.rooms.get(room)).toMatchObject({ recording: { id: recording.id } });
    await rig.rooms.stopRecording(room, recording.id);
    expect(await rig.rooms.get(room)).not.toHaveProperty('recording');
    expect(await stops(room, host)).toMatchObject([{ by: { kind: 'server' } }]);
    await rig.rooms.deleteRecording(room, recording.id);
    const { fileBytes, roomBytes } = DEFAULT_RECORDINGS;
    expect(await rig.rooms.recordings(room)).toMatchObject({
      recordings: [],
      usage: { bytes: 0, recordings: 0 },
      limits: { fileBytes, roomBytes },
    });
    expect((await rig.rooms.recordings(newRoom())).recordings).toEqual([]);
  });

  it('tells hosts alone what is kept and deleted', async () => {
    const { room, host, max } = await hosted();
    const { recording } = await start(room, host);
    await stop(room, host, recording.id);
    await rig.call('recording-delete', room, { id: recording.id }, host.session);
    const types = (await rig.events(room, max.session)).map(({ type }) => type);
    expect(types).not.toContain('recording-deleted');
    expect((await rig.events(room, host.session)).at(-1)).toMatchObject({
      type: 'recording-deleted',
      recording: { id: recording.id },
      by: { name: 'Hanna' },
    });
  });
});
