import type { Actor } from '../../protocol/participant.ts';

/** A whiteboard of a room. */
interface WhiteboardsTable {
  room_id: string;
  /** Made by the page that created it. */
  id: string;
  name: string;
  locked: boolean;
  /** Goes up when it is cleared. */
  gen: number;
  /** The number of its last update; never falls. */
  n: number;
  /** Of all updates that are kept, and how many these are. */
  bytes: number;
  updates: number;
  at: number;
  /** As they were called then. */
  by: Actor;
  /** Empty when the integrator's code made it. */
  person: string;
}

/** What was drawn, as Yjs updates in the order of their coming. Older ones are merged into one. */
interface WhiteboardUpdatesTable {
  room_id: string;
  whiteboard_id: string;
  n: number;
  /** Made by the page that drew: again with it, it is the same update. */
  key: string;
  /** Who drew. */
  identity: string;
  bytes: Uint8Array;
}

export interface BoardTables {
  whiteboards: WhiteboardsTable;
  whiteboard_updates: WhiteboardUpdatesTable;
}
