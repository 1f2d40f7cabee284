import { applyUpdate, Doc, type Map as SharedMap, UndoManager } from 'yjs';
import type { BoardChange, BoardItem } from '../board-state.ts';

/** Changes that a person made here: `undo` takes back these and no others. */
const OWN = 'own';
/** The same, before this page was loaded. */
const KEPT = 'kept';
/** Changes that came from the server. */
const SERVER = 'server';

export interface BoardDocPorts {
  /** Something changed here, an undo included, and is to be sent. */
  update(update: Uint8Array): void;
  /** Items are others than before, by anything but `change`. */
  changed(changes: readonly BoardChange[]): void;
  /** What can be undone or redone may be different. */
  stepped(): void;
}

/** What is on a board: a map that merges equal everywhere, in whatever order its updates come. */
export class BoardDoc {
  readonly #doc = new Doc();
  readonly #items: SharedMap<BoardItem>;
  readonly #undo: UndoManager;

  constructor({ update, changed, stepped }: BoardDocPorts) {
    this.#items = this.#doc.getMap<BoardItem>('items');
    const trackedOrigins = new Set([OWN, KEPT]);
    // Each change is a step of its own.
    this.#undo = new UndoManager(this.#items, { trackedOrigins, captureTimeout: 0 });
    this.#doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== SERVER) update(bytes);
    });
    this.#items.observe(({ keysChanged, transaction }) => {
      if (transaction.origin === OWN) return;
      changed([...keysChanged].map((id) => ({ id, item: this.#items.get(id) })));
    });
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
      this.#undo.on(event, () => stepped());
    }
  }

  get items(): ReadonlyMap<string, BoardItem> {
    return new Map(this.#items.entries());
  }

  get canUndo(): boolean {
    return this.#undo.canUndo();
  }

  get canRedo(): boolean {
    return this.#undo.canRedo();
  }

  /** @throws whatever an update that is none makes of it. */
  apply(update: Uint8Array): void {
    applyUpdate(this.#doc, update, SERVER);
  }

  /** Draws again what was drawn before the page was reloaded; what is there already stays as it is. */
  restore(update: Uint8Array): void {
    applyUpdate(this.#doc, update, KEPT);
  }

  change(changes: readonly BoardChange[]): void {
    this.#doc.transact(() => {
      for (const { id, item } of changes) {
        if (item) this.#items.set(id, item);
        else this.#items.delete(id);
      }
    }, OWN);
  }

  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  dispose(): void {
    this.#undo.destroy();
    this.#doc.destroy();
  }
}
