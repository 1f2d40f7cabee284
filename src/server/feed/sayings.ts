import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import { FeedSays } from '../../protocol/feed.ts';
import { FEED_CLOSE } from '../../protocol/feed-wire.ts';
import type { Logger } from '../logger.ts';
import { type Rate, RateLimit } from '../rate-limit.ts';
import type { Ports } from '../rules/change.ts';
import { notify, type Notice } from '../storage/storage.ts';
import { isForAll, watchBoard } from './boards.ts';
import type { FeedSocket } from './feed-socket.ts';

/** What is beyond these is not passed on. */
const RATES = {
  /** Twice a second is more than writing gives. */
  typing: { burst: 20, per: 10_000 },
  /** Where one points is worth telling ten times a second. */
  'whiteboard-hint': { burst: 30, per: 2_000 },
  /** Said when one is opened, and whenever it was caught up with. */
  'whiteboard-watch': { burst: 100, per: 10_000 },
} as const satisfies Record<FeedSays['type'], Rate>;

/** What a page says on its feed once that stands: signs of writing and pointing, passed on and forgotten. */
export class Sayings {
  readonly #client: WebSocket;
  readonly #ports: Ports;
  readonly #logger: Logger;
  readonly #rates: Readonly<Record<FeedSays['type'], RateLimit>>;
  #turn: Promise<void> = Promise.resolve();
  #speaker: { room: string; socket: FeedSocket } | undefined;

  constructor(client: WebSocket, ports: Ports, logger: Logger) {
    this.#client = client;
    this.#ports = ports;
    this.#logger = logger;
    const limit = (rate: Rate): RateLimit => new RateLimit(rate, () => ports.clock.now());
    this.#rates = {
      typing: limit(RATES.typing),
      'whiteboard-hint': limit(RATES['whiteboard-hint']),
      'whiteboard-watch': limit(RATES['whiteboard-watch']),
    };
  }

  /** Who speaks is known: from now on it counts. */
  of(room: string, socket: FeedSocket): void {
    this.#speaker = { room, socket };
  }

  hear(data: RawData, isBinary: boolean): void {
    const speaker = this.#speaker;
    if (!speaker || speaker.socket.audience === 'waiting') return this.#refuse();
    const { room, socket } = speaker;
    if (!socket.isOpen) return;
    const says = isBinary ? undefined : readSaying(data);
    if (!says) return this.#refuse();
    const { identity } = socket;
    if (this.#rates[says.type].take(identity) !== undefined) return;
    if (says.type === 'whiteboard-watch') return void this.#watch(room, socket, says);
    // One after another: connections of a pool would let a later one overtake.
    this.#turn = this.#turn
      .then(async () => notify(this.#ports.storage.db, await this.#noticeOf(says, room, socket)))
      .catch((error: unknown) =>
        this.#logger.warn('A sign of writing was not passed on.', { error }),
      );
  }

  async #watch(
    room: string,
    socket: FeedSocket,
    says: Extract<FeedSays, { type: 'whiteboard-watch' }>,
  ): Promise<void> {
    try {
      await watchBoard(this.#ports, room, socket, says);
    } catch (error) {
      this.#logger.warn(
        'A page was not told what it missed on a whiteboard; the next update does.',
        {
          error,
        },
      );
    }
  }

  async #noticeOf(
    says: Exclude<FeedSays, { type: 'whiteboard-watch' }>,
    room: string,
    { identity, audience }: FeedSocket,
  ): Promise<Notice> {
    if (says.type === 'typing') {
      return { kind: 'typing', room, identity, on: says.on, to: says.to };
    }
    const { id, x, y, stroke } = says;
    // Everybody may point; a stroke in progress is drawing.
    const draws = stroke && (audience === 'host' || (await isForAll(this.#ports, room, id)));
    const hint = { x, y, ...(draws && { stroke }) };
    return { kind: 'board-hint', room, identity, id, hint };
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
