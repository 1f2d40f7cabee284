import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A load balancer that knows nothing of what it carries: each new connection goes to the next of its
 * targets.
 */
export class Balancer {
  /** How many connections each target took, in the order of `targets`. */
  readonly taken: number[];
  readonly #server: Server;
  readonly #ports: readonly number[];
  readonly #sockets = new Set<Socket>();
  #next = 0;

  private constructor(server: Server, ports: readonly number[]) {
    this.#server = server;
    this.#ports = ports;
    this.taken = ports.map(() => 0);
  }

  /** Leads to the hosts and ports of `targets`, by turns. */
  static async to(targets: readonly string[]): Promise<Balancer> {
    const server = createServer();
    const balancer = new Balancer(
      server,
      targets.map((target) => Number(new URL(target).port)),
    );
    server.on('connection', (near) => balancer.#join(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return balancer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(near: Socket): void {
    const index = this.#next % this.#ports.length;
    this.#next += 1;
    this.taken[index] = (this.taken[index] ?? 0) + 1;
    const far = connect(this.#ports[index] ?? 0, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
