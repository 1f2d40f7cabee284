import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UploadLine } from '../../../src/core/files/upload-line.ts';
import { createSlices } from '../../../src/core/slices.ts';
import { RoomRecordings } from '../../../src/core/recording/room-recordings.ts';
import {
  fileNameOf,
  type KeptRecording,
  type RecordingShelf,
} from '../../../src/core/recording/kept-recording.ts';
import type {
  BrowserRecorder,
  RecorderPorts,
} from '../../../src/core/recording/browser-recorder.ts';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Recording } from '../../../src/protocol/recording.ts';
import type { Visit } from '../../../src/core/visit.ts';
import { FakeLink, FakePage, identity, person } from '../../fakes/core-fakes.ts';
import { inCall, common } from './host-in-call.ts';

const me = { identity: identity(1), name: 'Ada', role: 'host', person: 'person-1' } as const;
const running = (id: string, more: Partial<Recording> = {}): Recording => ({
  ...{ id, by: me, at: 1, recorder: 'browser', state: 'running', name: '' },
  ...more,
});
const kept = (id: string): KeptRecording => ({
  ...{ id, server: 'https://example.com', room: 'acme', type: 'video/mp4', at: 1 },
  ...{ duration: 2.5, size: 3, state: 'complete' },
});

/** Somebody in a call whose server, shelf and recorder are the test's. */
class World {
  readonly screen = {
    video: signal<MediaStreamTrack | undefined>(undefined),
    sound: signal<MediaStreamTrack | undefined>(undefined),
  };
  readonly slices = { ...createSlices(), screen: this.screen };
  readonly link = new FakeLink();
  readonly acts: [stem: string, input: unknown][] = [];
  readonly failures = new Map<string, MeetingError>();
  shelf: KeptRecording[] = [];
  ports: RecorderPorts | undefined;
  stops = 0;
  startFailure: Error | undefined;
  readonly uploaded: [name: string, about: unknown][] = [];
  /** The lengths that were said of them, at first or at the end. */
  readonly sizes: (number | undefined)[] = [];
  readonly recordings: RoomRecordings;

  constructor() {
    const { connection, cells } = this.slices;
    connection.describe(
      { ...me, access: 'host' },
      { name: 'acme', locked: false, presenterMode: false },
    );
    connection.set({ phase: 'joined' });
    cells.recording.value = { consent: 'ask', agreed: [], recorders: ['browser'] };
    this.recordings = new RoomRecordings({
      slices: this.slices,
      visit: {
        act: (stem: string, input: { id?: string }) => this.#act(stem, input),
        hold: { way: { server: 'https://example.com', room: 'acme' } },
        engine: { link: async () => this.link },
      } as unknown as Visit,
      ports: {
        page: new FakePage(),
        memory: () => undefined as never,
        openUploads: () => this.#line,
      },
      shelf: this.#shelf,
      record: (_, ports) => this.#record(ports),
    });
  }

  get stems(): string[] {
    return this.acts.map(([stem]) => stem);
  }

  run(recording: Recording | undefined): void {
    const { recording: cell } = this.slices.cells;
    const last = cell.peek();
    if (last) cell.value = { ...last, running: recording };
  }

  async #act(stem: string, input: { id?: string }): Promise<unknown> {
    this.acts.push([stem, input]);
    const failure = this.failures.get(stem);
    if (failure) throw failure;
    if (stem === 'recording-start') this.run(running(input.id ?? ''));
    if (stem === 'recording-stop') this.run(undefined);
    return { seq: 1 };
  }

  async #record(ports: RecorderPorts): Promise<BrowserRecorder> {
    if (this.startFailure) throw this.startFailure;
    this.ports = ports;
    return { stop: async () => void (this.stops += 1) } as unknown as BrowserRecorder;
  }

  readonly #shelf: RecordingShelf = {
    begin: () => Promise.reject(new Error('The recorder is a fake.')),
    list: async () => this.shelf,
    read: async (id) => (this.shelf.some((one) => one.id === id) ? new Blob(['abc']) : undefined),
    chunks: async (_, from) => (from === 0 ? [new Blob(['abc'])] : []),
    remove: async (id) => {
      this.shelf = this.shelf.filter((one) => one.id !== id);
      return true;
    },
  };

  readonly #line: UploadLine = {
    create: async (name, size, _signal, about) => {
      this.uploaded.push([name, about]);
      this.sizes.push(size);
      return 'https://example.com/uploads/r_1';
    },
    offset: async () => 0,
    send: async (_url, offset, bytes, _progress, _signal, length) => {
      if (length !== undefined) this.sizes.push(length);
      return offset + bytes.size;
    },
    drop: async () => {},
  };
}

beforeEach(() => {
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true });
});
afterEach(() => vi.unstubAllGlobals());

describe('Recording', () => {
  it('begins when the room knows of it, and not before', async () => {
    const world = new World();
    world.failures.set('recording-start', new MeetingError('recording-running', ''));
    await expect(world.recordings.start()).rejects.toMatchObject({ code: 'recording-running' });
    expect(world.ports).toBeUndefined();
    world.failures.clear();
    await world.recordings.start();
    expect(world.ports).toBeDefined();
    expect(world.acts.at(-1)?.[1]).toMatchObject({ recorder: 'browser' });
  });

  it('is taken back when the browser can not record after all', async () => {
    const world = new World();
    world.startFailure = new Error('no encoder');
    await expect(world.recordings.start()).rejects.toMatchObject({ code: 'recording-failed' });
    expect(world.stems).toEqual(['recording-start', 'recording-stop']);
    vi.stubGlobal('MediaRecorder', undefined);
    await expect(world.recordings.start()).rejects.toMatchObject({ code: 'recording-unsupported' });
    expect(world.stems).toHaveLength(2);
  });

  it('by the server needs nothing of this browser', async () => {
    const world = new World();
    await world.recordings.start({ recorder: 'egress' });
    expect(world.ports).toBeUndefined();
  });

  it('ends here when anybody stops it, the server is away, or one is out', async () => {
    const world = new World();
    await world.recordings.start();
    world.run(undefined);
    await vi.waitFor(() => expect(world.stops).toBe(1));
    await vi.waitFor(() => expect(world.link.released).toBe(1));

    await world.recordings.start();
    world.failures.set('recording-stop', new MeetingError('server-unreachable', ''));
    await expect(world.recordings.stop()).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(world.stops).toBe(2);
    world.failures.clear();
    world.run(undefined);

    await world.recordings.start();
    world.slices.connection.set({ phase: 'reconnecting', why: 'network', since: 1 });
    expect(world.stops).toBe(2);
    world.slices.connection.set({
      phase: 'out',
      exit: { reason: 'removed', at: 1, next: 'knock' },
    });
    await vi.waitFor(() => expect(world.stops).toBe(3));
  });

  it('that broke off by itself is over for the room, too, and told', async () => {
    const world = new World();
    const codes: string[] = [];
    world.slices.facts.listen((fact) => {
      if (fact.type === 'meeting-error') codes.push(fact.error.code);
    }, new AbortController().signal);
    await world.recordings.start();
    world.ports?.failed(new DOMException('', 'QuotaExceededError'));
    await vi.waitFor(() => expect(world.stems).toContain('recording-stop'));
    expect(codes).toEqual(['recording-failed']);
  });

  it('of this page before it was loaded anew is stopped; that of another is not', async () => {
    const world = new World();
    world.run(running('r_other', { by: { ...me, identity: identity(2) } }));
    world.run(running('r_mine', { recorder: 'egress' }));
    await Promise.resolve();
    expect(world.stems).toEqual([]);
    world.run(running('r_mine'));
    await vi.waitFor(() => expect(world.acts).toEqual([['recording-stop', { id: 'r_mine' }]]));
  });

  it('has in it who agreed, who records, and their screens; nothing of who only is there', async () => {
    const world = new World();
    const { cells } = world.slices;
    for (const n of [1, 2, 3]) {
      cells.participants.of(identity(n)).value = { ...person(n), self: n === 1, kind: 'person' };
    }
    cells.roster.value = [1, 2, 3].map(identity);
    await world.recordings.start();
    const names = (): string[] => world.ports?.scene().people.map(({ name }) => name) ?? [];
    expect(names()).toEqual(['Person 1']);
    const { value } = cells.recording;
    if (value) cells.recording.value = { ...value, agreed: [identity(3)] };
    expect(names()).toEqual(['Person 1', 'Person 3']);
    const screen = { id: 'screen' } as MediaStreamTrack;
    const screenSound = { id: 'screen-sound' } as MediaStreamTrack;
    world.link.incoming.set(identity(2), { screen, screenSound });
    cells.screens.value = [identity(2)];
    expect(world.ports?.scene().screen).toBeUndefined();
    expect(world.ports?.scene().sounds).toEqual([]);
    if (value) cells.recording.value = { ...value, consent: 'tell' };
    expect(names()).toEqual(['Person 1', 'Person 2', 'Person 3']);
    expect(world.ports?.scene().screen?.id).toBe('screen');
    expect(world.ports?.scene().sounds).toEqual([screenSound]);
  });
});

describe('What is uploaded as it is made', () => {
  it('is begun with the recording, and is whole when that is over', async () => {
    const world = new World();
    await world.recordings.start({ upload: true });
    await vi.waitFor(() => expect(world.uploaded).toHaveLength(1));
    const [id = ''] = world.recordings.uploads.value.keys();
    expect(world.uploaded[0]?.[1]).toEqual({ recording: id });
    expect(world.sizes).toEqual([undefined]);
    await vi.waitFor(() =>
      expect(world.recordings.uploads.value.get(id)).toMatchObject({ sent: 3, size: 3 }),
    );
    world.ports?.kept();
    expect(world.sizes).toEqual([undefined]);
    await world.recordings.stop();
    await vi.waitFor(() => expect(world.recordings.uploads.value.size).toBe(0));
    expect(world.sizes).toEqual([undefined, 3]);
  });

  it('is not, unless it is wished for', async () => {
    const world = new World();
    await world.recordings.start();
    await world.recordings.stop();
    expect(world.uploaded).toEqual([]);
  });
});

describe('What this browser keeps', () => {
  it('is uploaded by its id and length, and stays', async () => {
    const world = new World();
    world.shelf = [kept('r_1')];
    await world.recordings.upload('r_1');
    expect(world.uploaded).toEqual([
      [fileNameOf(kept('r_1')), { recording: 'r_1', duration: '2500' }],
    ]);
    expect(world.recordings.uploads.value.size).toBe(0);
    expect(world.recordings.here.value).toEqual([kept('r_1')]);
  });

  it('is not uploaded while it runs, nor what is not there', async () => {
    const world = new World();
    world.shelf = [{ ...kept('r_1'), state: 'running' }];
    for (const id of ['r_1', 'r_2']) {
      await expect(world.recordings.upload(id)).rejects.toBeInstanceOf(MeetingError);
    }
    await expect(world.recordings.read('r_2')).rejects.toMatchObject({ code: 'file-unreadable' });
    await world.recordings.remove('r_1');
    expect(world.recordings.here.value).toEqual([]);
  });

  it('has a name for disks, with the hour it began', () => {
    const at = new Date(2026, 10, 26, 9, 5).getTime();
    expect(fileNameOf({ room: 'acme', at, type: 'video/mp4;codecs=vp9' })).toBe(
      'acme-2026-11-26-0905.mp4',
    );
    expect(fileNameOf({ room: 'acme', at, type: 'video/webm' })).toMatch(/\.webm$/);
  });
});

describe('The state of a room', () => {
  it('says that it is recorded, by the snapshot and the log', async () => {
    vi.useFakeTimers();
    const { store, sockets, api } = await inCall([], 'guest');
    expect(store.recording.value).toEqual({
      ...{ consent: 'tell', agreed: [], recorders: ['browser'], running: undefined },
    });
    const recording = running('r_1', { by: { ...me, identity: identity(2) } });
    const participant = { identity: identity(3), name: 'C', role: 'guest', person: 'c' } as const;
    const say = (seq: number, event: object): void =>
      sockets.last?.say({ ...common, seq, ...event });
    say(11, { type: 'recording-started', recording });
    expect(store.recording.value?.running).toEqual(recording);
    say(12, { type: 'recording-consented', recording, participant });
    expect(store.recording.value?.agreed).toEqual([identity(3)]);
    say(13, { type: 'recording-stopped', recording, reason: 'stopped' });
    expect(store.recording.value?.running).toBeUndefined();
    expect(api.calls.some(({ stem }) => stem.startsWith('recording'))).toBe(false);
    vi.useRealTimers();
  });
});
