import type { Room, Tx } from '../../storage/tables.ts';
import type { Change } from '../change.ts';
import type { Trash } from './trash.ts';

/** A part of what a room keeps. */
export interface Part {
  /** How much there is of it, as a host is asked about it. */
  count(tx: Tx, room: Room): Promise<number>;
  /**
   * Clears what there was when the reset began; what lies outside the database goes by the outbox.
   *
   * @param trash - where a part that can be restored leaves what `restore` puts back, its bytes
   *   included. Undefined for a part that can't, and on a server that keeps none.
   * @returns how much it was.
   */
  clear(change: Change, began: Beginning, trash: Trash | undefined): Promise<number>;
  /** Puts back what `clear` left in the trash. Without it, the part is gone for good at once. */
  restore?(change: Change, trash: Trash): Promise<void>;
}

/** Where the room stood when a reset began. */
export interface Beginning {
  /** ms since the epoch. */
  at: number;
  /** The log's last position before it. */
  before: number;
  /** And with what the beginning itself wrote: who was put out. */
  seq: number;
}
