import { sql } from 'kysely';
import type { Exit } from '../../protocol/exit.ts';
import type { Connection, Role } from '../../protocol/participant.ts';
import type { ResetPart } from '../../protocol/reset.ts';
import type { WhiteboardStroke } from '../../protocol/whiteboard.ts';
import type { Db, Tx } from './tables.ts';

/** Where somebody points, and what they draw just now. */
export interface BoardHint {
  readonly x: number;
  readonly y: number;
  readonly stroke?: WhiteboardStroke | undefined;
}

/** What instances tell each other, at commit. Ids only: a NOTIFY carries at most 8,000 bytes. */
export type Notice =
  /** The room's log has grown to `seq`. */
  | { kind: 'log'; room: string; seq: number }
  /** A stay is over, or was taken over by `generation`: its sockets go. */
  | {
      kind: 'out';
      room: string;
      admission: string;
      identity: string;
      generation: number;
      exit: Exit;
    }
  /** A seat is gone though its stay may go on: its socket goes. */
  | { kind: 'seat-out'; identity: string }
  /** Somebody is a host, or is none any more. */
  | { kind: 'role'; room: string; admission: string; role: Role }
  | { kind: 'presence'; room: string; identity: string; connection: Connection }
  /** A knocker's page opened or closed. */
  | { kind: 'knock-presence'; room: string; identity: string; present: boolean }
  /** A reset that goes on has cleared one more part. */
  | { kind: 'reset-progress'; room: string; part: ResetPart; count: number }
  /** Somebody writes a message, or no longer; with `to`, for that identity alone. */
  | { kind: 'typing'; room: string; identity: string; on: boolean; to?: string | undefined }
  /** A whiteboard has grown to update `n`. */
  | { kind: 'board'; room: string; id: string; gen: number; n: number }
  /** Somebody points on a whiteboard. Small enough to ride along. */
  | { kind: 'board-hint'; room: string; id: string; identity: string; hint: BoardHint }
  /** Whoever holds a socket of `identity`: is it alive? */
  | { kind: 'ask'; identity: string; nonce: string; from: string }
  | { kind: 'answer'; nonce: string; alive: boolean }
  /** LiveKit's webhooks reach us, about the room of a check at start. */
  | { kind: 'webhook'; sfuRoom: string };

/** The database, and the line between the instances that share it. */
export interface Storage {
  readonly db: Db;
  /** No other process can be on this database. */
  readonly isExclusive: boolean;
  /**
   * Hears notices until the storage closes. `resync` is called whenever notices may have been
   * missed, once the line stands again.
   */
  listen(hear: (notice: Notice) => void, resync: () => void): Promise<void>;
  close(): Promise<void>;
}

export const CHANNEL = 'meeting';

/** Tells every instance, this one too. Inside a transaction: when it commits, else at once. */
export async function notify(db: Db | Tx, ...notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  // By rows: a row has at most 1,664 columns, and a crowd may be put out at once.
  const said = notices.map((notice) => JSON.stringify(notice));
  await sql`select pg_notify(${CHANNEL}, said) from unnest(${said}::text[]) said`.execute(db);
}
