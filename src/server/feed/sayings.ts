import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import { FeedSays } from '../../protocol/feed.ts';
import { FEED_CLOSE } from '../../protocol/feed-close.ts';
import type { Logger } from '../logger.ts';
import { RateLimit } from '../rate-limit.ts';
import type { Ports } from '../rules/change.ts';
import { notify } from '../storage/storage.ts';
import type { FeedSocket } from './feed-socket.ts';

/** Twice a second is more than writing gives; what is beyond it is not passed on. */
const RATE = { burst: 20, per: 10_000 };

/** What a page says on its feed once that stands: signs of writing, passed on and forgotten. */
export class Sayings {
  readonly #client: WebSocket;
  readonly #ports: Ports;
  readonly #logger: Logger;
  readonly #rate: RateLimit;
  #turn: Promise<void> = Promise.resolve();
  #speaker: { room: string; socket: FeedSocket } | undefined;

  constructor(client: WebSocket, ports: Ports, logger: Logger) {
    this.#client = client;
    this.#ports = ports;
    this.#logger = logger;
    this.#rate = new RateLimit(RATE, () => ports.clock.now());
  }

  /** Who speaks is known: from now on it counts. */
  of(room: string, socket: FeedSocket): void {
    this.#speaker = { room, socket };
  }

  hear(data: RawData, isBinary: boolean): void {
    const speaker = this.#speaker;
    if (!speaker || speaker.socket.audience === 'waiting') return this.#refuse();
    const { room, socket } = speaker;
    if (!socket.isOpen || this.#rate.take(socket.identity) !== undefined) return;
    const says = isBinary ? undefined : readSaying(data);
    if (!says) return this.#refuse();
    const { on, to } = says;
    const { identity } = socket;
    // One after another: connections of a pool would let a later one overtake.
    this.#turn = this.#turn
      .then(() => notify(this.#ports.storage.db, { kind: 'typing', room, identity, on, to }))
      .catch((error: unknown) =>
        this.#logger.warn('A sign of writing was not passed on.', { error }),
      );
  }

  #refuse(): void {
    this.#client.close(FEED_CLOSE.malformed, 'nothing of this kind is taken');
  }
}

function readSaying(data: RawData): FeedSays | undefined {
  try {
    const { success, output } = v.safeParse(FeedSays, JSON.parse(data.toString()));
    return success ? output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
