import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RoomServiceClient } from 'livekit-server-sdk';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { startLivekit, type Livekit } from '../../demo/livekit.ts';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import { Cluster } from './cluster.ts';
import { PageServer } from './page-server.ts';
import { Person } from './person.ts';
import type { ServerSettings } from './server-process.ts';
import { ServerProcess } from './server.ts';

export interface Newcomer {
  room: string;
  name: string;
  /** Whom the page's backend vouches for; without it they come by the public link. */
  as?: 'host' | 'member' | 'visitor';
  /** Without it, the browser refuses camera and microphone. */
  camera?: boolean;
  /** An open browser profile; a fresh one when left out. */
  context?: BrowserContext;
  /** The entry token's subject; somebody of their own when left out. */
  subject?: string;
  /** The meeting server's base as the page sees it, when something stands between. */
  server?: string;
  /** The key of an invitation or of the private link, in the address's fragment. */
  key?: string;
  /** More attributes of `<meeting-room>`, in kebab case. */
  attributes?: Record<string, string>;
}

/** Starts what must not take the processor from who is measured. */
export const BEHIND = fileURLToPath(new URL('../bench/behind.sh', import.meta.url));

/** The meeting server of a stage: one process on PGlite, or two on PostgreSQL behind one address. */
export type Backend = ServerProcess | Cluster;

/** What a test may want of its server. */
type Settings = Pick<
  ServerSettings,
  'apiKeys' | 'bans' | 'lastHost' | 'limits' | 'readsCookie' | 'recordings' | 'reset'
>;

export interface StageOptions {
  /** Gives the public base for the real one, when the test puts something between. */
  between?: (url: string) => Promise<string>;
  settings?: Settings;
  /** The page's backend is told of every event. */
  webhooks?: boolean;
  /** As on machines of their own: LiveKit has its share of the processor, and the server yields. */
  apart?: boolean;
}

/**
 * Everything that a call needs, for one test file: LiveKit, the meeting server in a process of its
 * own or in two, a site that embeds the room, and a Chromium.
 */
export class Stage<Server extends Backend = Backend> {
  readonly livekit: Livekit;
  readonly server: Server;
  readonly pages: PageServer;
  readonly browser: Browser;
  readonly #folder: string;
  #count = 0;

  private constructor(
    parts: Pick<Stage<Server>, 'livekit' | 'server' | 'pages' | 'browser'>,
    folder: string,
  ) {
    this.livekit = parts.livekit;
    this.server = parts.server;
    this.pages = parts.pages;
    this.browser = parts.browser;
    this.#folder = folder;
  }

  /** With the meeting server as one process, on PGlite unless `DATABASE_URL` is set. */
  static start(options: StageOptions = {}): Promise<Stage<ServerProcess>> {
    return Stage.#start(new ServerProcess(options.apart ? BEHIND : undefined), options);
  }

  /** With the meeting server as two processes behind one address, on a PostgreSQL of its own. */
  static startCluster(
    options: Omit<StageOptions, 'between' | 'apart'> = {},
  ): Promise<Stage<Cluster>> {
    return Stage.#start(new Cluster(), options);
  }

  static async #start<S extends Backend>(server: S, options: StageOptions): Promise<Stage<S>> {
    const folder = await mkdtemp(join(tmpdir(), 'meeting-e2e-'));
    const [pages, browser] = await Promise.all([
      PageServer.start(),
      launchChromium(),
      server.listen(),
    ]);
    const { apart: ownSession = false } = options;
    const livekit = await startLivekit({ webhookUrl: server.webhookUrl, ownSession });
    const stage = new Stage<S>({ livekit, server, pages, browser }, folder);
    await stage.#serve(server, {
      ...(options.between && { url: await options.between(server.url) }),
      ...options.settings,
      ...(options.webhooks && {
        webhooks: [{ url: pages.webhookUrl, secret: pages.webhookSecret }],
      }),
    });
    return stage;
  }

  async #serve(
    server: Backend,
    settings: Settings & Pick<ServerSettings, 'url' | 'webhooks'>,
  ): Promise<void> {
    const { url, apiKey, apiSecret } = this.livekit;
    this.#count += 1;
    await server.serve({
      ...settings,
      livekit: { url, apiKey, apiSecret },
      // A cluster has its own.
      storage: process.env['DATABASE_URL']
        ? { url: process.env['DATABASE_URL'] }
        : { folder: join(this.#folder, `database-${this.#count}`) },
      entrySecret: this.pages.entrySecret,
      origins: [this.pages.origin],
    });
  }

  /**
   * Another meeting server of the same kind that does some things differently: with a database of
   * its own, beside the stage's LiveKit and pages. Whoever asked for it stops it.
   */
  async another(settings: Settings): Promise<Backend> {
    const server = this.server instanceof Cluster ? new Cluster() : new ServerProcess();
    await server.listen();
    await this.#serve(server, settings);
    return server;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await this.livekit.stop();
    await this.pages.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** A room that no other test uses. */
  newRoom(): string {
    this.#count += 1;
    return `room-${this.#count}-${process.hrtime.bigint().toString(36)}`;
  }

  /** A browser profile of its own: another person, unless they bring a link. */
  async newProfile(): Promise<BrowserContext> {
    return newProfile(this.browser);
  }

  /** Opens the page for somebody; they stand before the join screen. */
  async opens(newcomer: Newcomer): Promise<Person> {
    this.#count += 1;
    const query = new URLSearchParams({
      room: newcomer.room,
      server: newcomer.server ?? this.server.url,
      ...(newcomer.as && { as: newcomer.as, subject: newcomer.subject ?? `person-${this.#count}` }),
      ...(newcomer.attributes && { attributes: JSON.stringify(newcomer.attributes) }),
    });
    return Person.open(newcomer.context ?? (await this.newProfile()), {
      name: newcomer.name,
      url: `${this.pages.origin}/?${query}${newcomer.key ? `#key=${newcomer.key}` : ''}`,
      ...(newcomer.camera !== undefined && { camera: newcomer.camera }),
    });
  }

  /** Opens the page for somebody and joins. */
  async joins(newcomer: Newcomer): Promise<Person> {
    const person = await this.opens(newcomer);
    return person.join();
  }

  host(room: string, name = 'Hanna', more: Partial<Newcomer> = {}): Promise<Person> {
    return this.joins({ room, name, as: 'host', ...more });
  }

  member(room: string, name = 'Mara', more: Partial<Newcomer> = {}): Promise<Person> {
    return this.joins({ room, name, as: 'member', ...more });
  }

  /** By the public link, which must be open. */
  guest(room: string, name = 'Gil', more: Partial<Newcomer> = {}): Promise<Person> {
    return this.joins({ room, name, ...more });
  }

  /** By the public link of a room that is locked: they wait at the door. */
  async knocks(room: string, name = 'Gil', more: Partial<Newcomer> = {}): Promise<Person> {
    const person = await this.opens({ room, name, ...more });
    return person.knock();
  }

  /** Closes the profiles of these people and so ends their stays as a lost network would. */
  async closeAll(...people: Person[]): Promise<void> {
    const contexts = new Set(people.map((person) => person.page.context()));
    await Promise.all([...contexts].map((context) => context.close()));
  }

  /** LiveKit's own API, past the meeting server: what is really so. */
  get sfu(): RoomServiceClient {
    return new RoomServiceClient(this.livekit.url, this.livekit.apiKey, this.livekit.apiSecret);
  }

  /** The identities that LiveKit has in the room that `person` is in. */
  async sfuIdentities(person: Person): Promise<string[]> {
    const rooms = await this.sfu.listRooms();
    const people = await Promise.all(
      // A room may be gone between the two questions.
      rooms.map((room) => this.sfu.listParticipants(room.name).catch(() => [])),
    );
    const identities = people.map((room) => room.map(({ identity }) => identity).sort());
    return identities.find((room) => room.includes(person.entered.me.identity)) ?? [];
  }
}

/**
 * A Chromium whose cameras give so many frames a second. Ten show movement as well as thirty, and
 * leave the machine to the others.
 * @param through - A program that starts the one that `PROGRAM` names.
 */
export async function launchChromium(fps = 10, through?: string): Promise<Browser> {
  const executablePath = await ensureChromium();
  return chromium.launch({
    executablePath: through ?? executablePath,
    env: { ...process.env, PROGRAM: executablePath },
    args: CHROMIUM_ARGS.map((arg) =>
      arg === '--use-fake-device-for-media-stream' ? `${arg}=device-count=1,fps=${fps}` : arg,
    ),
  });
}

/** A browser profile that lets pages have camera and microphone. */
export function newProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({
    permissions: ['camera', 'microphone'],
    viewport: { width: 960, height: 640 },
  });
}
