import type { ReactiveController } from 'lit';
import type { RoomElement } from '../../controllers/room-finder.ts';
import type { Store } from '../../core/state.ts';

/** Has the access list kept right while its element is in the page. */
export class AccessWatcher implements ReactiveController {
  readonly #store: () => Store | undefined;
  #watched: Store | undefined;
  #end = new AbortController();

  constructor(host: RoomElement, store: () => Store | undefined) {
    this.#store = store;
    host.addController(this);
  }

  hostUpdated(): void {
    const store = this.#store();
    if (store === this.#watched) return;
    this.#stop();
    this.#watched = store;
    store?.watchAccess(this.#end.signal);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    this.#end.abort();
    this.#end = new AbortController();
    this.#watched = undefined;
  }
}
