import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { EgressStatus } from '@livekit/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLivekit } from '../../demo/livekit.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openBytes } from '../../src/server/files/open-bytes.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import type { Storage } from '../../src/server/storage/storage.ts';
import { eventually } from '../e2e/eventually.ts';
import { EgressStub } from './support/egress-stub.ts';
import { newFolder } from './support/folders.ts';
import { sfuRoomOf } from './support/livekit.ts';
import { TestServer } from './support/server.ts';
import { newDatabase } from './support/storages.ts';
import { newRecordingId, newRoom, sign } from './support/tokens.ts';
import { collect } from './support/uploader.ts';
import { webm } from './support/webm.ts';

describe('Egress, as a stub of LiveKit has it', () => {
  let stub: EgressStub;
  let server: TestServer;
  let other: TestServer;
  let storage: Storage;
  let folder: string;
  beforeAll(async () => {
    stub = await EgressStub.start();
    folder = await newFolder();
    // The worker has the same folder under the same name here.
    const options = {
      livekit: stub,
      storage: { url: await newDatabase() },
      files: { folder },
      recordings: { egress: { folder, layout: 'grid' } },
      apiKeys: [API_KEY],
    };
    server = await TestServer.start(options);
    other = await TestServer.start(options);
    storage = await openStorage({ url: server.database ?? '' }, server.log);
  });
  afterAll(async () => {
    await storage.close();
    await Promise.all([server.close(), other.close()]);
    stub.close();
  });

  const start = (room: string, { session }: Entered, id = newRecordingId()) =>
    server.ask('recording-start', room, { id, recorder: 'egress' }, session);
  const keysIn = () => collect(openBytes({ files: { folder }, storage: { folder } }).list('rec'));

  async function hosted() {
    const room = newRoom();
    const { body: host } = await server.enter(room, {
      access: 'host',
      sub: 'hanna',
      name: 'Hanna',
    });
    const { body: max } = await server.enter(room, { access: 'always', sub: 'max', name: 'Max' });
    return { room, host, max };
  }

  async function events(room: string, { session }: Entered) {
    const { body } = await server.ask('events', room, { after: '0' }, session);
    return body.events.filter(({ type }) => type.startsWith('recording-'));
  }

  /** LiveKit says that something happened to an egress, to one instance or the other. */
  async function tell(id: string, event: string, to = server, secret = stub.apiSecret) {
    const body = JSON.stringify({ event, egressInfo: stub.info(id).toJson() });
    const sha256 = createHash('sha256').update(body).digest('base64');
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const authorization = await sign({ iss: stub.apiKey, sha256, exp }, secret);
    const headers = { 'content-type': 'application/webhook+json', authorization };
    return to.fetch('/webhooks/livekit', { method: 'POST', headers, body });
  }

  const isStopped = (id: string): Promise<unknown> =>
    eventually('it is stopped', () =>
      Promise.resolve(stub.info(id).status !== EgressStatus.EGRESS_ACTIVE),
    );

  const runningId = (): string => {
    const id = stub.active.at(-1)?.egressId;
    if (id === undefined) throw new Error('Nothing is recorded.');
    return id;
  };

  it('records the room into the files, and everybody is told once it does', async () => {
    const { room, host, max } = await hosted();
    expect(host.recorders).toEqual(['browser', 'egress']);
    const { body } = await start(room, host);
    expect(body.recording).toMatchObject({ recorder: 'egress', state: 'running' });
    expect(stub.asked.at(-1)).toMatchObject({
      roomName: expect.stringMatching(/^r_[0-9a-f]{32}_1$/),
      layout: 'grid',
      fileOutputs: [
        { fileType: 'MP4', filepath: expect.stringMatching(/\/recordings\/\w+\/[\w-]{22}\.mp4$/) },
      ],
    });
    expect(await events(room, max)).toMatchObject([{ type: 'recording-started' }]);
    expect((await start(room, host, body.recording.id)).body.recording).toEqual(body.recording);
    expect((await start(room, host)).code).toBe('recording-running');
    const id = runningId();
    const { id: recording } = body.recording;
    await server.ask('recording-stop', room, { id: recording }, host.session);
    await isStopped(id);
    expect((await server.ask('recording-list', room, {}, host.session)).body.recordings).toEqual(
      [],
    );
    const sent = webm(40_000);
    await stub.finish(id, sent);
    expect((await tell(id, 'egress_ended', other)).status).toBe(204);
    // A replay, at whichever instance, changes nothing.
    await tell(id, 'egress_ended');
    const listed = (await server.ask('recording-list', room, {}, host.session)).body;
    expect(listed.recordings).toMatchObject([
      { id: recording, state: 'kept', size: 40_000, duration: 61_500, type: 'video/webm' },
    ]);
    const types = (await events(room, host)).map(({ type }) => type);
    expect(types).toEqual(['recording-started', 'recording-stopped', 'recording-added']);
    const opened = await server.ask('recording-open', room, { id: recording }, host.session);
    const response = await fetch(opened.body.url);
    expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true);
    const before = (await keysIn()).length;
    await server.ask('recording-delete', room, { id: recording }, host.session);
    await eventually('the bytes are gone', async () => (await keysIn()).length === before - 1);
  });

  it('that ends by itself is over, and by failing is said to have failed', async () => {
    const ended = await hosted();
    await start(ended.room, ended.host);
    const id = runningId();
    await tell(id, 'egress_updated');
    expect(await events(ended.room, ended.max)).toHaveLength(1);
    await stub.finish(id, webm(5_000));
    await tell(id, 'egress_ended');
    expect(await events(ended.room, ended.host)).toMatchObject([
      {},
      { type: 'recording-stopped', reason: 'ended' },
      { type: 'recording-added' },
    ]);
    const failed = await hosted();
    await start(failed.room, failed.host);
    const broken = runningId();
    await stub.finish(broken, undefined, EgressStatus.EGRESS_FAILED);
    await tell(broken, 'egress_ended');
    expect(await events(failed.room, failed.host)).toMatchObject([
      {},
      { type: 'recording-stopped', reason: 'failed' },
      { type: 'recording-deleted', by: { kind: 'server' } },
    ]);
  });

  it('believes no webhook that LiveKit has not signed', async () => {
    const { room, host } = await hosted();
    await start(room, host);
    const id = runningId();
    await stub.finish(id, undefined, EgressStatus.EGRESS_FAILED);
    const forged = await tell(id, 'egress_ended', server, 'some other secret, as long as needed');
    expect(forged.status).toBe(401);
    expect(await events(room, host)).toHaveLength(1);
    await tell(id, 'egress_ended');
    expect(await events(room, host)).toHaveLength(3);
  });

  it('leaves no trace when no worker answers, and none goes on that begins too late', async () => {
    const { room, host, max } = await hosted();
    stub.isMute = true;
    const asked = performance.now();
    const refused = await start(room, host);
    stub.isMute = false;
    expect(refused).toMatchObject({ status: 503, code: 'recorder-unavailable' });
    expect(performance.now() - asked).toBeLessThan(6_000);
    const askedBefore = stub.asked.length;
    stub.isSlow = true;
    const slow = start(room, host);
    await eventually('it begins', () => Promise.resolve(stub.asked.length > askedBefore));
    const late = runningId();
    expect((await slow).code).toBe('recorder-unavailable');
    stub.isSlow = false;
    // It began, and nobody was told: it must not go on.
    await isStopped(late);
    expect(await events(room, max)).toEqual([]);
    expect((await start(room, host)).code).toBeUndefined();
  });

  it('whose recording nobody knows any more is stopped when LiveKit tells of it', async () => {
    const { room, host } = await hosted();
    await start(room, host);
    const id = runningId();
    const { id: roomId } = await storage.db
      .selectFrom('rooms')
      .select('id')
      .where('name', '=', room)
      .executeTakeFirstOrThrow();
    await storage.db.deleteFrom('recordings').where('room_id', '=', roomId).execute();
    await tell(id, 'egress_started');
    await isStopped(id);
    const before = (await keysIn()).length;
    await stub.finish(id, webm(100));
    await eventually('its bytes are gone', async () => (await keysIn()).length === before);
  });

  it('is stopped by a reset, and what it still writes goes, too', async () => {
    const { room, host } = await hosted();
    await start(room, host);
    const id = runningId();
    const before = (await keysIn()).length;
    const parts = { parts: ['recordings'] };
    await server.ask('room-reset', room, parts, host.session);
    await isStopped(id);
    await stub.finish(id, webm(10_000));
    await tell(id, 'egress_ended');
    await eventually('the bytes are gone', async () => (await keysIn()).length === before);
    expect((await events(room, host)).map(({ type }) => type)).toEqual([
      'recording-started',
      'recording-stopped',
    ]);
  });

  it('is a backend’s to start, by code and by API key, and ends with the call', async () => {
    const { room, host } = await hosted();
    const id = newRecordingId();
    const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };
    const response = await server.fetch(`/rooms/${room}/recording-start`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id, recorder: 'egress' }),
    });
    expect(response.status).toBe(200);
    expect(await server.meeting.rooms.recordings(room)).toMatchObject({ recordings: [] });
    await server.meeting.rooms.stopRecording(room, id);
    await server.meeting.rooms.startRecording(room, newRecordingId());
    await server.ask('call-end', room, { keepMe: true }, host.session);
    expect((await events(room, host)).at(-1)).toMatchObject({ type: 'recording-started' });
    await server.meeting.rooms.endCall(room);
    const { activity } = server.meeting.rooms;
    expect((await activity(room)).events).toContainEqual(
      expect.objectContaining({
        type: 'recording-stopped',
        reason: 'ended',
        by: { kind: 'server' },
      }),
    );
  });

  it('writes into the bucket of the files, where they are in one', async () => {
    const s3 = {
      endpoint: 'http://127.0.0.1:9',
      bucket: 'meetings',
      accessKeyId: 'id',
      secretAccessKey: 'bucket-secret',
    };
    const inBucket = await TestServer.start({
      livekit: stub,
      files: { s3 },
      recordings: { egress: {} },
    });
    inBucket.log.forbid(s3.secretAccessKey);
    const room = newRoom();
    const { body: host } = await inBucket.enter(room, { access: 'host', sub: 'hanna' });
    const input = { id: newRecordingId(), recorder: 'egress' as const };
    await inBucket.ask('recording-start', room, input, host.session);
    expect(stub.asked.at(-1)?.fileOutputs[0]).toMatchObject({
      filepath: expect.stringMatching(/^recordings\/[0-9a-f]{32}\/[\w-]{22}\.mp4$/),
      s3: { bucket: 'meetings', accessKey: 'id', secret: 'bucket-secret', forcePathStyle: true },
    });
    await inBucket.close();
  });

  it('records nobody who is to be asked first', async () => {
    const asks = await TestServer.start({
      livekit: stub,
      recordings: { consent: 'ask', egress: { folder: join(folder, 'x') } },
    });
    const room = newRoom();
    const { body: host } = await asks.enter(room, { access: 'host', sub: 'hanna' });
    expect(host).toMatchObject({ recordingConsent: 'ask', recorders: ['browser'] });
    const input = { id: newRecordingId(), recorder: 'egress' };
    const refused = await asks.ask('recording-start', room, input, host.session);
    expect(refused).toMatchObject({ status: 400, code: 'invalid-input' });
    await asks.close();
  });
});

const API_KEY = 'a-key-for-the-backend-that-records-0123';

describe('Egress, at a LiveKit without workers', () => {
  it('is refused at once, and the room records by a browser instead', async () => {
    const livekit = await startLivekit();
    const server = await TestServer.start({
      livekit,
      recordings: { egress: { folder: await newFolder() } },
    });
    const room = newRoom();
    const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna' });
    const { url, apiKey, apiSecret } = livekit;
    // It is there before anybody is recorded in it.
    await new RoomServiceClient(url, apiKey, apiSecret).createRoom({ name: sfuRoomOf(host.token) });
    const asked = performance.now();
    const input = { id: newRecordingId(), recorder: 'egress' };
    const refused = await server.ask('recording-start', room, input, host.session);
    expect(refused).toMatchObject({ status: 503, code: 'recorder-unavailable' });
    // LiveKit itself would have waited for 10 s.
    expect(performance.now() - asked).toBeLessThan(8_000);
    const browser = { id: newRecordingId(), recorder: 'browser' };
    const begun = await server.ask('recording-start', room, browser, host.session);
    expect(begun.body.recording).toMatchObject({ state: 'running', recorder: 'browser' });
    await server.close();
    await livekit.stop();
  });
});
