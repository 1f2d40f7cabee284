import { SignalRequest } from '@livekit/protocol';
import { type RawData, WebSocket } from 'ws';
import { newId } from '../secrets.ts';

/** A client that can't keep up with LiveKit's signalling this far (bytes) is as good as gone. */
const MAX_UNSENT = 4_000_000;
/** An honest client's browser answers pings by itself. */
const PING_INTERVAL = 10_000;
const PING_TIMEOUT = 30_000;

/** First byte of a signal request that says leave: field 8, a message. */
const LEAVE_TAG = (8 << 3) | 2;
const MAX_LEAVE_BYTES = 200;

/**
 * One connection through the door, from the verdict to its end: first being set up, then a client's
 * socket piped to one of LiveKit.
 */
export class DoorSocket {
  readonly id = newId('s');
  readonly identity: string;
  readonly generation: number;
  /** Aborts once this connection is over, for whatever reason. */
  readonly signal: AbortSignal;
  saidGoodbye = false;
  readonly #over = new AbortController();
  #client: WebSocket | undefined;
  #upstream: WebSocket | undefined;
  #lastPong = Date.now();

  constructor({ identity, generation }: { identity: string; generation: number }) {
    this.identity = identity;
    this.generation = generation;
    this.signal = this.#over.signal;
  }

  /** Whether the client has been let through. */
  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  /** Holds LiveKit's side while the client's is not there yet. */
  hold(upstream: WebSocket): void {
    this.#upstream = upstream;
    upstream.on('close', () => this.end());
    upstream.on('error', () => this.end());
  }

  /** Joins both sides. `first` is what LiveKit has said already. */
  pipe(client: WebSocket, upstream: WebSocket, first: readonly Frame[]): void {
    this.#client = client;
    client.on('error', () => this.end());
    client.on('close', () => this.end());
    client.on('pong', () => (this.#lastPong = Date.now()));
    client.on('message', (data, isBinary) => {
      this.saidGoodbye ||= isBinary && isLeave(data);
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data, { binary: isBinary });
    });
    const toClient = ({ data, isBinary }: Frame): void => {
      if (client.bufferedAmount > MAX_UNSENT) return this.destroy();
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
    };
    for (const frame of first) toClient(frame);
    upstream.removeAllListeners('message');
    upstream.on('message', (data, isBinary) => toClient({ data, isBinary }));
    this.#keepAlive(client);
  }

  /** Whether the client answers within `timeout` ms. One that is being set up does. */
  async isAlive(timeout: number): Promise<boolean> {
    const client = this.#client;
    if (!client) return !this.signal.aborted;
    if (client.readyState !== WebSocket.OPEN) return false;
    return new Promise((answer) => {
      const timer = setTimeout(() => answer(false), timeout);
      client.once('pong', () => {
        clearTimeout(timer);
        answer(true);
      });
      this.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        answer(false);
      });
      client.ping();
    });
  }

  /** Closes both sides in good order. */
  end(code = 1000): void {
    if (this.signal.aborted) return;
    this.#over.abort();
    this.#upstream?.close();
    this.#client?.close(code);
  }

  /** Lets go of both sides at once: there is nobody to talk to, or nobody to be heard any more. */
  destroy(): void {
    this.#over.abort();
    this.#upstream?.terminate();
    this.#client?.terminate();
  }

  #keepAlive(client: WebSocket): void {
    const timer = setInterval(() => {
      if (Date.now() - this.#lastPong > PING_TIMEOUT) this.destroy();
      else client.ping();
    }, PING_INTERVAL);
    this.signal.addEventListener('abort', () => clearInterval(timer));
  }
}

export interface Frame {
  data: RawData;
  isBinary: boolean;
}

function isLeave(data: RawData): boolean {
  if (!Buffer.isBuffer(data) || data[0] !== LEAVE_TAG || data.length > MAX_LEAVE_BYTES)
    return false;
  try {
    return SignalRequest.fromBinary(data).message.case === 'leave';
  } catch {
    // Not a signal request: LiveKit will say so, to the door it is no goodbye.
    return false;
  }
}
