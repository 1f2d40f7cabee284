import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../e2e/eventually.ts';
import { ENTRY_SECRET } from './tokens.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const NODE = at('../../../node_modules/.bin/node');
const CLI = at('../../../src/server/cli.ts');

/** From source there is no seed: a first start makes a whole PostgreSQL cluster, ms. */
const START_PATIENCE = 60_000;

/** `livekit-meeting-room serve` in a process of its own, to be killed. */
export class ServerChild {
  readonly url: string;
  readonly webhookUrl: string;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #env: Record<string, string> = {};
  #said = '';

  private constructor(port: number) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/meeting`;
    this.webhookUrl = `${this.url}/webhooks/livekit`;
  }

  /** Takes a port, so that LiveKit can be told; starts nothing yet. */
  static async prepare(): Promise<ServerChild> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return new ServerChild(port);
  }

  /** Of the process that lives now. @throws Error when none does. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('The server is not running.');
    return pid;
  }

  /** All that it wrote to stderr, in all its lives. */
  get said(): string {
    return this.#said;
  }

  /** Starts it and waits until it is ready. `env` is kept for later starts. */
  async start(env: Record<string, string> = this.#env): Promise<void> {
    this.#env = env;
    const child = this.#spawn(env);
    const isReady = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(`serve ended: ${this.#said}`);
      const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
      return response?.ok ?? false;
    };
    await eventually('the server is ready', isReady, START_PATIENCE);
  }

  /** Runs it to its end. */
  async run(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
    const before = this.#said.length;
    const child = this.#spawn(env);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said: this.#said.slice(before) };
  }

  /** Ends it, at once unless asked to with SIGTERM. @returns its exit code. */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const closed = once(child, 'close');
    child.kill(signal);
    const [code] = (await closed) as [number | null];
    return code;
  }

  #spawn(env: Record<string, string>): ChildProcess {
    const child = spawn(NODE, [CLI, 'serve'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        MEETING_URL: this.url,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        MEETING_ENTRY_SECRET: ENTRY_SECRET,
        ...env,
      },
    });
    child.stderr.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    this.#child = child;
    return child;
  }
}
