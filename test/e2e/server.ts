import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ServerSettings } from './server-process.ts';

const SCRIPT = new URL('server-process.ts', import.meta.url);

/** The meeting server of a test, in a process that can be killed and started again. */
export class ServerProcess {
  readonly #through: string | undefined;
  #child: ChildProcess | undefined;
  #settings: ServerSettings | undefined;
  #port = 0;

  /** @param through - A program that starts the one that `PROGRAM` names. */
  constructor(through?: string) {
    this.#through = through;
  }

  /** The public base of the meeting server. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/meeting`;
  }

  get webhookUrl(): string {
    return `${this.url}/webhooks/livekit`;
  }

  /** Starts the process, so that the port is known; it serves nothing before `serve`. */
  async listen(): Promise<void> {
    // A session of its own, as a service has: it ends with us by the line between us.
    const child = fork(SCRIPT, [String(this.#port)], {
      detached: true,
      execPath: this.#through ?? process.execPath,
      env: { ...process.env, PROGRAM: process.execPath },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const killWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', killWithUs);
    child.once('exit', () => process.off('exit', killWithUs));
    const { port } = (await answer(child)) as { port: number };
    this.#port = port;
  }

  async serve(settings: ServerSettings): Promise<void> {
    this.#settings = settings;
    const child = this.#child;
    if (!child) throw new Error('listen() comes first');
    child.send(settings);
    await answer(child);
  }

  /**
   * From now on, calls of LiveKit's `method` are held back in the process. `held` resolves when one
   * is: what led to it is committed, and LiveKit has not been told.
   */
  async hold(method: string): Promise<{ held: Promise<unknown> }> {
    const child = this.#child;
    if (!child) throw new Error('serve() comes first');
    const holding = answer(child);
    child.send({ hold: method });
    await holding;
    return { held: answer(child) };
  }

  /** Ends it at once, as a crash does: nothing is closed, nothing is said. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again on the same port, with the same data. */
  async restart(): Promise<void> {
    if (!this.#settings) throw new Error('serve() comes first');
    await this.listen();
    await this.serve(this.#settings);
  }

  /** Ends it in an orderly way; after 5 s at once. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exited;
    clearTimeout(timer);
  }
}

/** The child's next message; rejects when it ends instead. */
async function answer(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const [message] = (await Promise.race([
    once(child, 'message', { signal: ended.signal }),
    once(child, 'exit', { signal: ended.signal }).then(([code, signal]) => {
      throw new Error(`The meeting server's process ended: ${code ?? signal}`);
    }),
  ]).finally(() => ended.abort())) as [unknown];
  return message;
}
