import type { Draft } from '../../core/chat-state.ts';
import type { Store } from '../../core/state.ts';

/** A box to write in, as far as what is in it is kept. */
export interface DraftHost {
  /** What is being written; its text is empty when nothing is. */
  readonly draft: Draft;
  /** Gives back what was being written. */
  restore(draft: Draft): void;
}

/** What is being written outlives a reload of the page. */
export class DraftKeeper {
  readonly #host: DraftHost;
  #isAsked = false;
  /** As it is kept; undefined until it is known what was kept before. */
  #kept: Draft | undefined;

  constructor(host: DraftHost) {
    this.#host = host;
  }

  /** After every update of the box, in the room of `store`. */
  follow(store: Store | undefined): void {
    if (!store) return;
    if (this.#kept) this.#keep(store, this.#kept);
    else if (!this.#isAsked) void this.#restore(store);
  }

  async #restore(store: Store): Promise<void> {
    this.#isAsked = true;
    const [asked] = await Promise.allSettled([store.draft()]);
    const before = asked.status === 'fulfilled' ? asked.value : undefined;
    this.#kept = before ?? { text: '' };
    // Who has begun to write meanwhile goes on with that.
    if (before && this.#host.draft.text === '') this.#host.restore(before);
    else this.#keep(store, this.#kept);
  }

  #keep(store: Store, kept: Draft): void {
    const { draft } = this.#host;
    if (draft.text === kept.text && draft.to?.identity === kept.to?.identity) return;
    this.#kept = draft;
    // With the call over there is nothing to keep it for.
    void store.keepDraft(draft.text === '' ? undefined : draft).catch(() => undefined);
  }
}
