import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands before LiveKit and can hold back calls of its API, which LiveKit then never hears of. */
export class LivekitFront {
  readonly url: string;
  /** How many calls were held back. */
  held = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #method: string | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async before(livekit: string): Promise<LivekitFront> {
    const target = new URL(livekit);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const front = new LivekitFront(server);
    server.on('connection', (near) =>
      front.#join(near, connect(Number(target.port), target.hostname)),
    );
    return front;
  }

  /** From now on calls of `method` go nowhere; with undefined all go through again. */
  hold(method: string | undefined): void {
    this.#method = method;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    far.pipe(near);
    let isHeld = false;
    near.on('data', (chunk: Buffer) => {
      if (this.#method !== undefined && chunk.includes(`/${this.#method} HTTP/`)) {
        isHeld = true;
        this.held += 1;
      }
      if (!isHeld) far.write(chunk);
    });
  }
}
