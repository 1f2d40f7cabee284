import type { ReadonlySignal } from '@preact/signals-core';
import type { MeetingError } from '../protocol/meeting-error.ts';
import type { Whiteboard, WhiteboardStroke } from '../protocol/whiteboard.ts';

/** The whiteboards of a room, while somebody watches them. */
export type BoardsState =
  /** Nobody watches, or one is not in the call. */
  | { readonly phase: 'unknown' }
  | { readonly phase: 'loading' }
  /** The oldest first. */
  | { readonly phase: 'known'; readonly boards: readonly Whiteboard[] }
  | { readonly phase: 'failed'; readonly error: MeetingError };

/** One thing on a board, as JSON of whatever draws it. */
export type BoardItem = Readonly<Record<string, unknown>>;

/** An item as it is now; without `item` it is gone. */
export interface BoardChange {
  readonly id: string;
  readonly item?: BoardItem | undefined;
}

/** How an open board is. */
export interface BoardState {
  /**
   * `loading` until it was read once; `live`; `offline`: what is drawn waits here and goes out by
   * itself; `gone`: somebody deleted it; `failed`: it can't be read, `error` says why.
   */
  readonly phase: 'loading' | 'live' | 'offline' | 'gone' | 'failed';
  /** Something drawn here is not at the server yet. */
  readonly isSaving: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Why the board can't be read, or what was drawn last was not taken and is gone again. */
  readonly error?: MeetingError;
}

/** Where somebody points, and what they draw just now. Lossy. */
export interface BoardHint {
  readonly x: number;
  readonly y: number;
  readonly stroke?: WhiteboardStroke;
}

/** Who hears what happens on a board. */
export interface BoardHearer {
  /** Items are others than before: somebody else drew, or an undo or redo of one's own. */
  changed(changes: readonly BoardChange[]): void;
  /** Somebody else points or draws. */
  hinted(identity: string, hint: BoardHint): void;
  /** What somebody drew is on the board. */
  drew(identity: string): void;
}

/** A board that is open in this page. It follows the server's until it is closed. */
export interface Board {
  readonly id: string;
  readonly state: ReadonlySignal<BoardState>;
  /** All that is on it, by id. */
  items(): ReadonlyMap<string, BoardItem>;
  /** Draws, as one step that `undo` takes back. */
  change(changes: readonly BoardChange[]): void;
  /** Takes back the last step of this page's person, and nobody else's. */
  undo(): void;
  redo(): void;
  /** Shows the others where one points; dropped when that is too often. */
  hint(hint: BoardHint): void;
  /** Hears of it until `signal` aborts. */
  listen(hearer: BoardHearer, signal: AbortSignal): void;
}

/** A store's part about whiteboards. */
export interface BoardStore {
  /** The whiteboards of the room; `watchWhiteboards` keeps it right. */
  readonly whiteboards: ReadonlySignal<BoardsState>;

  /** Has `whiteboards` loaded, and kept right by the feed, until `signal` aborts. */
  watchWhiteboards(signal: AbortSignal): void;
  /** Makes a new one. */
  createWhiteboard(name: string): Promise<Whiteboard>;
  /** Gives one another name: its author, or a host. */
  renameWhiteboard(id: string, name: string): Promise<void>;
  /** Lets hosts alone draw on it, or everybody again. Hosts only. */
  lockWhiteboard(id: string, locked: boolean): Promise<void>;
  /** Takes everything off it. Hosts only. */
  clearWhiteboard(id: string): Promise<void>;
  /** Deletes it. Hosts only. */
  deleteWhiteboard(id: string): Promise<void>;
  /** Opens one, and keeps it right until `signal` aborts. */
  openWhiteboard(id: string, signal: AbortSignal): Promise<Board>;
}

/** The methods of a store that are about whiteboards. */
export type BoardActName = Exclude<keyof BoardStore, 'whiteboards' | 'watchWhiteboards'>;
