import type { Generated, Selectable } from 'kysely';
import type { Actor } from '../../protocol/participant.ts';
import type { RecorderKind } from '../../protocol/recording.ts';
import type { Draft } from '../files/byte-store.ts';

/** A recording of a room's calls, whether its bytes are in the room or only where it was made. */
interface RecordingsTable {
  /** Made by who started it. */
  id: string;
  room_id: string;
  by: Actor;
  /** Whose it is, and the stay that it hangs on; null when a backend started it. */
  person: string | null;
  admission_id: string | null;
  recorder: RecorderKind;
  /** `starting`: LiveKit is asked for Egress, and nobody is told before it answers. */
  state: 'starting' | 'running' | 'stopped' | 'kept';
  name: string;
  /** Since when; with `starting`, since when LiveKit is asked. */
  at: number;
  stopped_at: number | null;
  /** ms. */
  duration: number | null;
  /** Of the bytes; null while there are none in the room, nor any on their way. */
  key: string | null;
  /** In bytes; of an upload on its way, what it may come to before more room is made for it. */
  size: Generated<number>;
  /** Of an upload on its way, how many bytes there are in all, once that is said. */
  total: number | null;
  type: string | null;
  /** The upload broke off, and what came was kept. */
  partial: Generated<boolean>;
  /** With an upload on its way, as `files` has it; null else. */
  expires_at: number | null;
  draft: Draft | null;
  writer: string | null;
  /** With Egress: the LiveKit room, and LiveKit's name for it. */
  sfu_room: string | null;
  egress_id: string | null;
}

/** Who agreed to be in the recording that runs. */
interface RecordingConsentsTable {
  recording_id: string;
  identity: string;
}

export interface RecordingTables {
  recordings: RecordingsTable;
  recording_consents: RecordingConsentsTable;
}

export type RecordingRow = Selectable<RecordingsTable>;
