import type { Draft } from '../files/byte-store.ts';

/** What a rule has LiveKit, or the byte store, do. */
export type Effect =
  | { kind: 'sfu.remove'; payload: { sfuRoom: string; identity: string } }
  /** Everybody in the call may present, or not, as it is now. */
  | { kind: 'sfu.permit'; payload: { sfuRoom: string } }
  /** Everybody without a good seat goes, until nobody is left over. */
  | { kind: 'sfu.sweep'; payload: { sfuRoom: string } }
  | { kind: 'sfu.delete-room'; payload: { sfuRoom: string } }
  /** As `sfu.delete-room`, unless the knocker shows themselves again by then. */
  | { kind: 'sfu.close-knock'; payload: { sfuRoom: string } }
  /** Whatever Egress records into these bytes ends; it tells what it came to. */
  | { kind: 'sfu.stop-egress'; payload: { sfuRoom: string; key: string } }
  /** The same, and of the bytes nothing is left. */
  | { kind: 'sfu.drop-egress'; payload: { sfuRoom: string; key: string } }
  /** The bytes of files that are gone, and of uploads that were given up. */
  | { kind: 'bytes.delete'; payload: { objects: readonly { key: string; draft?: Draft }[] } };
