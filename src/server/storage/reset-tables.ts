import type { Selectable } from 'kysely';
import type { Actor } from '../../protocol/participant.ts';
import type { ResetPart } from '../../protocol/reset.ts';

/** How much of each part is cleared; null while it is not. */
export type ResetProgress = Partial<Record<ResetPart, number | null>>;

/** A reset that goes on. The row goes when it is done; what it came to is in the log. */
interface ResetsTable {
  id: string;
  room_id: string;
  at: number;
  /** The log's last position before it, and with what the beginning itself wrote. */
  before: number;
  seq: number;
  by: Actor;
  progress: ResetProgress;
  /** How many people it put out. */
  people: number;
  kept_host: boolean;
  /** Until then, whoever works on it does. */
  lease_until: number;
}

/** What a reset cleared of a part, and until when it can be put back. One of each part of a room. */
interface TrashTable {
  room_id: string;
  part: ResetPart;
  reset_id: string;
  /** When the reset began. */
  at: number;
  until: number;
  by: Actor;
  /** Of a full reset: the room may be in other hands by now. */
  full: boolean;
  count: number;
}

/** The rows of it, and the keys of its bytes. */
interface TrashRowsTable {
  room_id: string;
  part: ResetPart;
  /** The table where it was, or `bytes`. */
  source: string;
  kept: Record<string, unknown>;
}

export interface ResetTables {
  resets: ResetsTable;
  trash: TrashTable;
  trash_rows: TrashRowsTable;
}

export type ResetRow = Selectable<ResetsTable>;
export type TrashRow = Selectable<TrashTable>;
