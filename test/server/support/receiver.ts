import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import * as v from 'valibot';
import { RoomEvent } from '../../../src/protocol/events.ts';

/** One webhook as it came in, its signature checked. */
export interface Received {
  id: string;
  event: RoomEvent;
  headers: IncomingHttpHeaders;
  body: string;
  /** `performance.now()`. */
  at: number;
}

/** How the receiver answers: a status, or a function that answers or leaves it. */
export type Reply = number | ((response: ServerResponse, received: Received) => void);

/** An integrator's receiver of webhooks, which refuses what is not signed with its secret. */
export class Receiver {
  static readonly secret = `whsec_${Buffer.from('a secret for webhooks, 32 bytes!').toString('base64')}`;
  readonly received: Received[] = [];
  /** Requests whose signature was wrong. */
  forged = 0;
  reply: Reply = 204;
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  }

  static async start(port = 0): Promise<Receiver> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        receiver.#take(Buffer.concat(chunks).toString(), request.headers, response),
      );
    });
    return receiver;
  }

  /** What came about one room, in the order it came. */
  of(room: string): Received[] {
    return this.received.filter(({ event }) => event.room === room);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #take(body: string, headers: IncomingHttpHeaders, response: ServerResponse): void {
    try {
      const checked = new Webhook(Receiver.secret).verify(body, headers as Record<string, string>);
      const event = v.parse(RoomEvent, checked);
      const id = String(headers['webhook-id']);
      const received = { id, event, headers, body, at: performance.now() };
      this.received.push(received);
      if (typeof this.reply === 'number') response.writeHead(this.reply).end('ignored');
      else this.reply(response, received);
    } catch {
      this.forged += 1;
      response.writeHead(401).end();
    }
  }
}
