import type { WebhookEar } from './livekit-check.ts';
import type { Door } from './door/door.ts';
import type { Holders } from './door/holders.ts';
import type { Feed } from './feed/feed.ts';
import type { Logger } from './logger.ts';
import type { Notice, Storage } from './storage/storage.ts';

/** Hands what instances tell each other to whom it concerns here. */
export class Notices implements WebhookEar {
  readonly #parts: { feed: Feed; door: Door; holders: Holders; logger: Logger };
  readonly #webhooks = new Map<string, () => void>();

  constructor(parts: { feed: Feed; door: Door; holders: Holders; logger: Logger }) {
    this.#parts = parts;
  }

  async listen(storage: Storage): Promise<void> {
    const { feed, logger } = this.#parts;
    await storage.listen(
      (notice) => this.#dispatch(notice),
      () =>
        void feed
          .resync()
          .catch((error: unknown) =>
            logger.warn('Feeds could not be checked after a break; the next head does.', { error }),
          ),
    );
  }

  heard(sfuRoom: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#webhooks.set(sfuRoom, resolve);
      signal.addEventListener('abort', () => this.#webhooks.delete(sfuRoom), { once: true });
    });
  }

  #dispatch(notice: Notice): void {
    const { feed, door, holders, logger } = this.#parts;
    switch (notice.kind) {
      case 'ask':
      case 'answer':
        holders
          .hear(notice)
          .catch((error: unknown) =>
            logger.warn('Another instance could not be answered.', { error }),
          );
        return;
      case 'webhook':
        this.#webhooks.get(notice.sfuRoom)?.();
        return;
      case 'out':
        door.out(notice);
        feed.hear(notice);
        return;
      case 'seat-out':
        door.out(notice);
        return;
      default:
        feed.hear(notice);
    }
  }
}
