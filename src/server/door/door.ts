import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { MAX_SIGNAL_BYTES } from '../../protocol/limits.ts';
import type { Commits } from '../commits.ts';
import type { Logger } from '../logger.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Ports } from '../rules/change.ts';
import { joined } from '../rules/presence.ts';
import { readSeat, type Seat } from '../rules/seats.ts';
import type { Sfu } from '../sfu.ts';
import type { Notice } from '../storage/storage.ts';
import { Closings } from './closings.ts';
import { DoorSocket } from './door-socket.ts';
import type { Holders } from './holders.ts';
import { connectUpstream } from './upstream.ts';
import { judge } from './verdict.ts';

/** LiveKit's own goodbye, with its reason, should arrive before the socket closes. */
const CLOSE_AFTER = 300;

export interface DoorParts {
  ports: Ports;
  commits: Commits;
  sfu: Sfu;
  holders: Holders;
  instance: string;
  rate: RateLimit;
  logger: Logger;
}

/**
 * The only way to LiveKit: proxies its signalling for those whose seat is good, and puts them out
 * when it no longer is.
 */
export class Door {
  readonly #parts: DoorParts;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SIGNAL_BYTES,
    perMessageDeflate: false,
  });
  readonly #closings: Closings;

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#closings = new Closings(parts.commits, parts.logger);
  }

  /** The verdict alone, for livekit-client's question why its socket was refused. */
  async validate(parameters: URLSearchParams): Promise<void> {
    const { ports, sfu, holders } = this.#parts;
    const { seat } = await judge(ports, sfu, parameters);
    if (await holders.isTaken(seat)) throw takenError();
  }

  /**
   * Lets a client through to LiveKit, or throws why not; then nothing has been written to `socket`.
   *
   * @throws MeetingError as `judge`; `rate-limited`; `already-connected`; `sfu-unreachable`.
   */
  async upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    parameters: URLSearchParams,
  ): Promise<void> {
    const { ports, sfu, holders, rate } = this.#parts;
    const { seat, query } = await judge(ports, sfu, parameters);
    const retryAfter = rate.take(seat.identity);
    if (retryAfter !== undefined) {
      throw new MeetingError('rate-limited', 'This seat connects too often.', { retryAfter });
    }
    if (await holders.isTaken(seat)) throw takenError();
    const own = new DoorSocket(seat);
    // Newer than the look into `holders`: of two at once, one is first.
    if (!holders.register(own)) throw takenError();
    own.signal.addEventListener('abort', () => this.#closed(own, seat.room_id));
    socket.on('close', () => own.end());
    try {
      await this.#connect(own, query, request, socket, head);
    } catch (error) {
      const isPutOut = own.signal.aborted;
      own.destroy();
      // Whoever was put out meanwhile is told so, rather than to try again.
      if (isPutOut) await this.#readSeat(own);
      throw error;
    }
  }

  /** A stay is over or goes on elsewhere, or a seat is gone: sockets go, those being set up at once. */
  out(notice: Extract<Notice, { kind: 'out' | 'seat-out' }>): void {
    const socket = this.#parts.holders.get(notice.identity);
    if (!socket || (notice.kind === 'out' && socket.generation >= notice.generation)) return;
    if (!socket.isOpen) return socket.destroy();
    setTimeout(() => socket.end(), CLOSE_AFTER).unref();
  }

  /** Ends all connections; clients come back to another instance. */
  async close(): Promise<void> {
    for (const socket of this.#parts.holders.all()) socket.end(1001);
    await this.#closings.written();
    this.#server.close();
  }

  async #connect(
    own: DoorSocket,
    query: string,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const { commits, sfu, instance } = this.#parts;
    await this.#claim(own);
    // Whoever was put out before this line is seen here; whoever is later, by `out`.
    const seat = await this.#readSeat(own);
    if (seat.generation > own.generation) throw takenError();
    const url = `${sfu.signalUrl}/rtc/v1?${query}`;
    const hold = (upstream: WebSocket): void => own.hold(upstream);
    let upstream = await connectUpstream(url, own.signal, hold);
    if (upstream === 'no-room') {
      await sfu.createRoom(seat.sfu_room);
      upstream = await connectUpstream(url, own.signal, hold);
    }
    if (upstream === 'no-room') throw new MeetingError('sfu-unreachable', 'LiveKit has no room.');
    const { socket: livekit, frames } = upstream;
    const ref = { holder: instance, socket: own.id };
    await commits.change({ id: seat.room_id }, (change) => joined(change, own.identity, ref));
    if (own.signal.aborted || socket.destroyed) {
      throw new MeetingError('seat-invalid', 'The connection ended while it was set up.');
    }
    this.#server.handleUpgrade(request, socket, head, (client) =>
      own.pipe(client, livekit, frames),
    );
  }

  #readSeat({ identity }: DoorSocket): Promise<Seat> {
    const { storage, clock } = this.#parts.ports;
    return readSeat(storage.db, identity, clock.now());
  }

  /** Writes down which socket has the seat. */
  async #claim(own: DoorSocket): Promise<void> {
    await this.#parts.ports.storage.db
      .updateTable('seats')
      .set({
        holder: this.#parts.instance,
        socket: own.id,
        closed_at: null,
        said_goodbye: false,
      })
      .where('identity', '=', own.identity)
      .execute();
  }

  #closed(own: DoorSocket, roomId: string): void {
    const { holders, instance: holder } = this.#parts;
    holders.release(own);
    const { identity, generation, saidGoodbye, id: socket } = own;
    this.#closings.add(roomId, { identity, generation, saidGoodbye, holder, socket });
  }
}

const takenError = (): MeetingError =>
  new MeetingError('already-connected', 'Another connection of this seat is alive.', {
    retryAfter: 1,
  });
