import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerErrorCode } from '../../src/protocol/status.ts';
import type { Stem } from '../../src/protocol/paths.ts';
import { ROUTES } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { openStorage } from '../../src/server/storage/open.ts';
import type { Storage } from '../../src/server/storage/storage.ts';
import { TestServer } from './support/server.ts';
import { SMALL_JPEG } from './support/pictures.ts';
import { idOf, Uploader } from './support/uploader.ts';
import { dump } from './support/storages.ts';
import { newMessageId, newRecordingId, newRoom, newVisitor } from './support/tokens.ts';

/** Everyone who may try a route. */
const CALLERS = [
  'nobody',
  'garbage',
  'guest',
  'left guest',
  'removed guest',
  'host of another room',
  'removed host',
  'knocker',
  'host',
] as const;
type Caller = (typeof CALLERS)[number];

const STEMS = Object.keys(ROUTES) as Stem[];

/** What each route for hosts answers to each caller: `ok` or a code. */
const HOST: Record<Caller, ServerErrorCode | 'ok'> = {
  nobody: 'session-missing',
  garbage: 'session-invalid',
  guest: 'not-host',
  'left guest': 'admission-over',
  'removed guest': 'admission-over',
  'host of another room': 'session-invalid',
  'removed host': 'admission-over',
  knocker: 'still-waiting',
  host: 'ok',
};

/** What each route answers to each caller: `ok` or a code. */
const EXPECTED: Record<(typeof ROUTES)[Stem]['access'], Record<Caller, ServerErrorCode | 'ok'>> = {
  anyone: {
    nobody: 'ok',
    garbage: 'ok',
    guest: 'ok',
    'left guest': 'ok',
    'removed guest': 'ok',
    'host of another room': 'ok',
    'removed host': 'ok',
    knocker: 'ok',
    host: 'ok',
  },
  resumable: {
    nobody: 'session-missing',
    garbage: 'session-invalid',
    guest: 'ok',
    'left guest': 'ok',
    'removed guest': 'admission-over',
    'host of another room': 'session-invalid',
    'removed host': 'admission-over',
    knocker: 'still-waiting',
    host: 'ok',
  },
  session: {
    nobody: 'session-missing',
    garbage: 'session-invalid',
    guest: 'ok',
    'left guest': 'admission-over',
    'removed guest': 'admission-over',
    'host of another room': 'session-invalid',
    'removed host': 'admission-over',
    knocker: 'still-waiting',
    host: 'ok',
  },
  waiting: {
    nobody: 'session-missing',
    garbage: 'session-invalid',
    guest: 'already-decided',
    'left guest': 'admission-over',
    'removed guest': 'admission-over',
    'host of another room': 'session-invalid',
    'removed host': 'admission-over',
    knocker: 'ok',
    host: 'already-decided',
  },
  'host-here': HOST,
  host: HOST,
};

/** Where it is not the caller alone that counts. */
const SPECIAL: Record<string, ServerErrorCode> = {
  // The upload is the guest's.
  'file-preview-set for host': 'file-not-found',
  // The guest wrote the message.
  'message-edit for host': 'not-yours',
  // One runs already.
  'recording-start for host': 'recording-running',
};

let server: TestServer;
let storage: Storage;
beforeAll(async () => {
  server = await TestServer.start({ reset: { trashHours: 1 } });
  storage = await openStorage({ url: server.database ?? '' }, server.log);
});
afterAll(async () => {
  await storage.close();
  await server.close();
});

/** The outbox is worked off meanwhile, and the reconciler writes when it looked; rules write here. */
const WRITTEN = [
  'admissions',
  'exclusions',
  'events',
  'invitations',
  'files',
  'messages',
  'chat_marks',
  'whiteboards',
  'whiteboard_updates',
  'trash',
  'recordings',
  'recording_consents',
] as const;

/** All that rules have written about a room. */
async function written(room: string): Promise<string[]> {
  const { id } = await storage.db
    .selectFrom('rooms')
    .select('id')
    .where('name', '=', room)
    .executeTakeFirstOrThrow();
  const rows = (await dump(storage.db, WRITTEN)).split('\n');
  // In rooms of tests before this one, time goes on.
  return rows.filter((row) => row.includes(id));
}

const newBoardId = (): string => newMessageId().replace('m_', 'w_');

/** A room with one of each kind of caller, and somebody to be removed or let back in. */
class House {
  readonly room = newRoom();
  readonly sessions = new Map<Caller, string | undefined>();
  target = '';
  removed = '';
  knocking = '';
  left = '';
  invitation = '';
  file = '';
  upload = '';
  link = '';
  message = '';
  board = '';
  reset = '';
  recording = '';
  recordingLink = '';
  running = '';

  static async build(stem?: Stem): Promise<House> {
    const house = new House();
    const host = await house.#enter('host', 'hanna');
    const guest = await house.#enter('always', 'gil');
    if (stem?.startsWith('reset-')) await house.#reset(host);
    const left = await house.#enter('always', 'lea');
    const removed = await house.#enter('always', 'rob');
    const removedHost = await house.#enter('host', 'rosa');
    house.target = (await house.#enter('always', 'tim')).me.identity;
    house.removed = removed.me.identity;
    const knock = await server.ask('knock', house.room, { visitor: newVisitor(), name: 'Kim' });
    house.knocking = knock.body.knock.identity;
    await server.ask('knock-camera', house.room, { on: true }, knock.body.session);
    const max = { name: 'Max', access: 'always' };
    const made = await server.ask('invitation-create', house.room, max, host.session);
    house.invitation = made.body.invitation.id;
    const uploader = new Uploader(server.url, house.room, guest.session);
    house.file = await uploader.send('a.jpg', SMALL_JPEG, { preview: SMALL_JPEG });
    house.upload = idOf(await uploader.create('b.txt', 1));
    const opened = await server.ask('file-open', house.room, { id: house.file }, host.session);
    house.link = new URL(opened.body.url).searchParams.get('link') ?? '';
    const other = await server.enter(newRoom(), { access: 'host', sub: 'hanna' });
    const hello = { id: newMessageId(), text: 'Hello, house.' };
    await server.ask('message-send', house.room, hello, guest.session);
    house.message = hello.id;
    const board = { id: newBoardId(), name: 'Kitchen' };
    await server.ask('whiteboard-create', house.room, board, guest.session);
    house.board = board.id;
    const recorder = new Uploader(server.url, house.room, host.session);
    house.recording = newRecordingId();
    const begun = { id: house.recording, recorder: 'browser' as const };
    await server.ask('recording-start', house.room, begun, host.session);
    await recorder.sendRecording(house.recording, new Uint8Array(SMALL_JPEG));
    const shown = await server.ask(
      'recording-open',
      house.room,
      { id: house.recording },
      host.session,
    );
    house.recordingLink = new URL(shown.body.url).searchParams.get('link') ?? '';
    house.running = newRecordingId();
    const running = { id: house.running, recorder: 'browser' as const };
    await server.ask('recording-start', house.room, running, host.session);
    house.left = left.me.identity;
    await server.ask('call-leave', house.room, {}, left.session);
    for (const { me } of [removed, removedHost]) {
      const { identity } = me;
      await server.ask('participant-remove', house.room, { identity }, host.session);
    }
    const callers: [Caller, string | undefined][] = [
      ['nobody', undefined],
      ['garbage', 'g'.repeat(43)],
      ['guest', guest.session],
      ['left guest', left.session],
      ['removed guest', removed.session],
      ['host of another room', other.body.session],
      ['removed host', removedHost.session],
      ['knocker', knock.body.session],
      ['host', host.session],
    ];
    for (const [caller, session] of callers) house.sessions.set(caller, session);
    return house;
  }

  /** What somebody would send who wants it to work. */
  input(stem: Stem): Record<string, unknown> {
    switch (stem) {
      case 'call-check':
        return { visitor: newVisitor() };
      case 'knock':
      case 'call-enter':
        return { visitor: newVisitor(), name: 'Somebody' };
      case 'participant-remove':
        return { identity: this.target };
      case 'participant-restore':
        return { identity: this.removed };
      case 'room-lock':
        return { locked: false };
      case 'presenter-mode':
        return { on: true };
      case 'events':
        return { after: '0' };
      case 'role-set':
        return { identity: this.target, role: 'host' };
      case 'pass-revoke':
        return { identity: this.left };
      case 'link-set':
        return { access: 'always' };
      case 'invitation-create':
        return { name: 'Mia', access: 'always' };
      case 'invitation-revoke':
        return { id: this.invitation };
      case 'knock-camera':
        return { on: false };
      case 'reset-restore':
      case 'reset-purge':
        return { id: this.reset };
      case 'room-reset':
        return { parts: ['access'] };
      case 'message-send':
        return { id: newMessageId(), text: 'Hello again.' };
      case 'message-edit':
        return { id: this.message, text: 'Hello, dear house.' };
      case 'message-delete':
        return { id: this.message };
      case 'recording-start':
        return { id: newRecordingId(), recorder: 'browser' };
      case 'recording-stop':
      case 'recording-consent':
        return { id: this.running };
      case 'recording-open':
      case 'recording-delete':
        return { id: this.recording };
      case 'recording-read':
        return { link: this.recordingLink };
      case 'note-write':
        return { text: 'For me', version: 0 };
      case 'message-read':
        return { read: 1 };
      case 'activity-export':
        return { format: 'json' };
      case 'whiteboard-create':
        return { id: newBoardId(), name: 'Hall' };
      case 'whiteboard-rename':
        return { id: this.board, name: 'Cellar' };
      case 'whiteboard-lock':
        return { id: this.board, locked: true };
      case 'whiteboard-clear':
      case 'whiteboard-delete':
      case 'whiteboard-read':
        return { id: this.board };
      case 'whiteboard-update':
        return { id: this.board, gen: 1, update: 'AAA=', key: newMessageId().slice(2) };
      case 'knock-admit':
      case 'knock-deny':
      case 'knock-look':
        return { identity: this.knocking };
      case 'file-preview-set':
        return { id: this.upload, image: SMALL_JPEG.toString('base64') };
      case 'file-preview':
      case 'file-open':
      case 'file-delete':
        return { id: this.file };
      case 'file-read':
        return { link: this.link };
      case 'call-resume':
      case 'call-leave':
      case 'call-end':
      case 'knock-withdraw':
      case 'room-read':
      case 'access-list':
      case 'reset-preview':
      case 'note-read':
      case 'activity':
      case 'file-list':
      case 'recording-list':
      case 'whiteboard-list':
      case 'message-list':
        return {};
    }
  }

  /** There is something that can be put back. */
  async #reset({ session }: Entered): Promise<void> {
    const gone = { id: newMessageId(), text: 'Not for long.' };
    await server.ask('message-send', this.room, gone, session);
    const { body } = await server.ask('room-reset', this.room, { parts: ['chat'] }, session);
    this.reset = body.receipt?.restorable?.id ?? '';
  }

  async #enter(access: 'host' | 'always', sub: string): Promise<Entered> {
    const { body } = await server.enter(this.room, { access, sub, name: sub });
    return body;
  }
}

describe.each(STEMS)('abuse 9, 25: %s', (stem) => {
  const { access } = ROUTES[stem];

  it.each(CALLERS)('for %s', async (caller) => {
    const house = await House.build(stem);
    // The room is locked, and nobody vouches for who asks here.
    const expected =
      SPECIAL[`${stem} for ${caller}`] ??
      (stem === 'call-enter' ? 'room-locked' : EXPECTED[access][caller]);
    const before = await written(house.room);
    const answer = await server.ask(
      stem,
      house.room,
      house.input(stem),
      house.sessions.get(caller),
    );
    expect(answer.code ?? 'ok').toBe(expected);
    if (expected !== 'ok') expect(await written(house.room)).toEqual(before);
  });
});

describe('A guest', () => {
  it.each([
    'participant-remove',
    'participant-restore',
    'room-lock',
    'call-end',
    'knock-admit',
    'knock-deny',
    'role-set',
    'pass-revoke',
    'link-set',
    'invitation-create',
    'invitation-revoke',
    'room-reset',
  ] as const)('abuse 24: who forges what a host says to %s is refused', async (stem) => {
    const house = await House.build();
    const session = house.sessions.get('guest');
    const before = await written(house.room);
    const forged = [
      { role: 'host' },
      { access: 'host' },
      { session: house.sessions.get('host') },
      { by: { kind: 'server' } },
      { __proto__: null, me: { role: 'host' } },
    ];
    for (const more of forged) {
      const answer = await server.ask(stem, house.room, { ...house.input(stem), ...more }, session);
      expect(['not-host', 'invalid-input']).toContain(answer.code);
    }
    const headers = [
      { authorization: `Bearer ${session}, Bearer ${house.sessions.get('host')}` },
      { authorization: `Basic ${session}` },
      { authorization: `Bearer ${session}`, 'x-role': 'host', 'x-forwarded-user': 'hanna' },
      { cookie: `session=${house.sessions.get('host')}` },
    ];
    for (const header of headers) {
      const response = await server.fetch(ROUTES[stem].path.replace('{room}', house.room), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(header as Record<string, string>) },
        body: JSON.stringify(house.input(stem)),
      });
      expect([401, 403]).toContain(response.status);
    }
    expect(await written(house.room)).toEqual(before);
  });
});
