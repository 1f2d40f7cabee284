import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A stretch of network between browsers and the meeting server. Breaking it leaves the server with
 * half-open connections, as a lost mobile network does: nothing arrives any more, nothing is closed.
 */
export class Wire {
  readonly #server: Server;
  readonly #target: URL;
  readonly #pairs = new Set<{ near: Socket; far: Socket }>();

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
  }

  /** Leads to the host and port of `target`. */
  static async to(target: string): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server, new URL(target));
    server.on('connection', (near) => wire.#join(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return wire;
  }

  /** `target` as it is reached through the wire. */
  get url(): string {
    const url = new URL(this.#target);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Breaks all connections for the browser; the server is told nothing. New ones work. */
  break(): void {
    for (const { near, far } of this.#pairs) {
      far.unpipe(near);
      near.unpipe(far);
      far.pause();
      near.destroy();
    }
  }

  /** How many connections the server still takes for open. */
  get open(): number {
    return this.#pairs.size;
  }

  stop(): void {
    this.#server.close();
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#target.port), this.#target.hostname);
    const pair = { near, far };
    this.#pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    // Either side may go at any time; that is what this is for.
    near.on('error', () => near.destroy());
    far.on('error', () => near.destroy());
    far.on('close', () => {
      this.#pairs.delete(pair);
      near.destroy();
    });
  }
}
