import type { Api, CallOptions } from '../../src/core/api/client.ts';
import type { IncomingTracks, Link, LinkHearer, Looker } from '../../src/core/livekit/port.ts';
import type { Memory } from '../../src/core/memory.ts';
import type { Page } from '../../src/core/page.ts';
import type { VideoSource } from '../../src/core/state.ts';
import type { StayPorts } from '../../src/core/stay-ports.ts';
import type { FeedMessage } from '../../src/protocol/feed.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import type { RosterEntry } from '../../src/protocol/participant.ts';
import type { Stem } from '../../src/protocol/paths.ts';
import type { Answer, Input } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';

export const SESSION = 's'.repeat(43);

/** `p_` and 22 characters that end in `n`. */
export const identity = (n: number): string => `p_${String(n).padStart(22, '0')}`;

export function person(n: number, more: Partial<RosterEntry> = {}): RosterEntry {
  return {
    identity: identity(n),
    name: `Person ${n}`,
    role: 'guest',
    person: `person-${n}`,
    joinedAt: 1_000 + n,
    connection: 'connected',
    ...more,
  };
}

export function entered(seq: number, roster: RosterEntry[] = []): Entered {
  const { joinedAt: _joinedAt, connection: _connection, ...me } = person(1);
  return {
    seq,
    room: { name: 'acme', locked: false, presenterMode: false },
    me: { ...me, access: 'always' },
    roster,
    knocks: [],
    chat: { read: seq, unread: 0 },
    recordingConsent: 'tell',
    recordingAgreed: [],
    recorders: ['browser'],
    door: 'https://example.com/meeting',
    token: 'livekit-token',
    session: SESSION,
  };
}

/** Person `n` at the door; they knock in the order of their numbers. */
export function knocker(n: number, more: Partial<Knock> = {}): Knock {
  return {
    identity: identity(n),
    name: `Person ${n}`,
    person: `person-${n}`,
    at: 1_000 + n,
    expiresAt: 601_000 + n,
    vouched: false,
    removedBefore: false,
    present: true,
    camera: false,
    ...more,
  };
}

/** A WebSocket whose server is the test. */
export class FakeSocket extends EventTarget {
  readonly url: string;
  readonly sent: unknown[] = [];
  closed = false;

  constructor(url: string) {
    super();
    this.url = url;
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.dispatchEvent(new Event('open'));
  }

  /** One message, or several in one frame. */
  say(said: FeedMessage | Record<string, unknown> | readonly object[]): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(said) }));
  }

  drop(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

/** Every socket that was opened, newest last. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];

  readonly connect = (url: string): WebSocket => {
    const socket = new FakeSocket(url);
    this.all.push(socket);
    queueMicrotask(() => socket.open());
    // The feed uses no more of a WebSocket than the fake has.
    return socket as unknown as WebSocket;
  };

  get last(): FakeSocket {
    const last = this.all.at(-1);
    if (!last) throw new Error('No socket was opened.');
    return last;
  }
}

export interface Called {
  readonly stem: Stem;
  readonly input: unknown;
  readonly options: CallOptions;
}

/** Answers calls as the test says: per stem a queue of answers and errors, the last one repeats. */
export class FakeApi implements Api {
  readonly calls: Called[] = [];
  readonly #script = new Map<Stem, (() => Promise<unknown>)[]>();

  on<S extends Stem>(stem: S, ...answers: (Answer<S> | Error | Promise<Answer<S>>)[]): void {
    this.#script.set(
      stem,
      answers.map((answer) => async () => {
        if (answer instanceof Error) throw answer;
        return answer;
      }),
    );
  }

  count(stem: Stem): number {
    return this.calls.filter((call) => call.stem === stem).length;
  }

  async call<S extends Stem>(
    stem: S,
    _room: string,
    input: Input<S>,
    options: CallOptions = {},
  ): Promise<Answer<S>> {
    this.calls.push({ stem, input, options });
    const queue = this.#script.get(stem) ?? [];
    const next = queue.length > 1 ? queue.shift() : queue[0];
    if (!next) throw new Error(`The test has no answer for ${stem}.`);
    return (await next()) as Answer<S>;
  }
}

/** A connection that looks; the test says what is seen, and when it is lost. */
export class FakeLooker implements Looker {
  /** What it looks at now, by the token; undefined while it looks at nobody. */
  token: string | undefined;
  /** Every token it was given. */
  readonly tokens: string[] = [];
  show: (video: VideoSource | undefined) => void = () => {};
  lose: () => void = () => {};
  /** Errors for the next looks, in order; then they succeed. */
  failures: Error[] = [];
  disposed = false;

  async look(
    _door: string,
    token: string,
    signal: AbortSignal,
    show: (video: VideoSource | undefined) => void,
  ): Promise<void> {
    this.tokens.push(token);
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.token = token;
    this.show = show;
    await new Promise<void>((resolve) => {
      this.lose = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.token = undefined;
  }

  dispose(): void {
    this.disposed = true;
  }
}

/** A link whose connection is the test's. */
export class FakeLink implements Link {
  hear: LinkHearer | undefined;
  readonly connects: { door: string; token: string; kinds: readonly string[] }[] = [];
  readonly lookers: FakeLooker[] = [];
  readonly published: string[] = [];
  /** What comes in, by identity. */
  readonly incoming = new Map<string, IncomingTracks>();
  /** How often incoming tracks were let go of. */
  released = 0;
  roster: readonly string[] = [];
  speaker: string | undefined;
  disconnects = 0;
  disposed = false;
  /** Errors for the next connects, in order; then they succeed. */
  failures: Error[] = [];

  async connect(
    door: string,
    token: string,
    _signal: AbortSignal,
    kinds: readonly string[],
  ): Promise<void> {
    this.connects.push({ door, token, kinds });
    const failure = this.failures.shift();
    if (failure) throw failure;
  }

  async disconnect(): Promise<void> {
    this.disconnects += 1;
  }

  setTrack(kind: string, track: MediaStreamTrack | undefined, muted: boolean): void {
    this.published.push(`${kind} ${track ? (muted ? 'muted' : 'on') : 'none'}`);
  }

  setRoster(identities: readonly string[]): void {
    this.roster = identities;
  }

  looker(): FakeLooker {
    const looker = new FakeLooker();
    this.lookers.push(looker);
    return looker;
  }

  tracks(identity: string): IncomingTracks {
    return this.incoming.get(identity) ?? {};
  }

  releaseTracks(): void {
    this.released += 1;
  }

  setSpeaker(id: string | undefined): void {
    this.speaker = id;
  }

  async startAudio(): Promise<void> {}

  dispose(): void {
    this.disposed = true;
  }
}

/** A page whose network and visibility are the test's; chance is always a half. */
export class FakePage implements Page {
  online = true;
  readonly #wakes = new Set<() => void>();

  onWake(wake: () => void, signal: AbortSignal): void {
    this.#wakes.add(wake);
    signal.addEventListener('abort', () => this.#wakes.delete(wake));
  }

  wake(): void {
    for (const wake of this.#wakes) wake();
  }

  get listeners(): number {
    return this.#wakes.size;
  }

  isOnline(): boolean {
    return this.online;
  }

  random(): number {
    return 0.5;
  }
}

/** What one tab remembers; `claimable` false plays a duplicated tab. */
export class FakeMemory implements Memory {
  kept: string | undefined;
  claimable = true;

  visitor(): string {
    return 'v'.repeat(22);
  }

  session(): string | undefined {
    return this.kept;
  }

  keepSession(session: string): void {
    this.kept = session;
  }

  forgetSession(): void {
    this.kept = undefined;
  }

  unsent(how: string): string {
    return how;
  }

  async claim(): Promise<boolean> {
    return this.claimable;
  }
}

/** All ports of a stay, each a fake, and the way to look at them. */
export class FakeWorld {
  readonly api = new FakeApi();
  readonly link = new FakeLink();
  readonly page = new FakePage();
  readonly memory = new FakeMemory();
  readonly sockets = new FakeSockets();
  /** While set, the engine does not load. */
  engineFailure: Error | undefined;

  get ports(): StayPorts {
    return {
      page: this.page,
      memory: () => this.memory,
      api: () => this.api,
      askAccess: (options, input) => this.api.call('call-check', options.room, input),
      openSocket: this.sockets.connect,
      loadLink: async () => {
        if (this.engineFailure) throw this.engineFailure;
        return (hear) => {
          this.link.hear = hear;
          return this.link;
        };
      },
    };
  }
}
