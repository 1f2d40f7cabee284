import type { Generated, Kysely, Selectable, Transaction } from 'kysely';
import type { RoomEvent, RoomEventType } from '../../protocol/events.ts';
import type { ExitReason } from '../../protocol/exit.ts';
import type { LinkAccess } from '../../protocol/invitation.ts';
import type { AccessLevel, Actor, Participant, Role } from '../../protocol/participant.ts';
import type { Draft } from '../files/byte-store.ts';
import type { BoardTables } from './board-tables.ts';
import type { ChatMarksTable, MessagesTable, NotesTable } from './content-tables.ts';
import type { ResetTables } from './reset-tables.ts';
import type { Effect } from './effect.ts';
import type { RecordingTables } from './recording-tables.ts';

/** The lasting place. All times in all tables are ms since the epoch, by the server's clock. */
interface RoomsTable {
  id: string;
  /** Lower case. */
  name: string;
  /** Whether the public link asks people to knock. */
  locked: boolean;
  /** Whether hosts alone present, and since when it is as it is; null when it never was. */
  presenter_mode: Generated<boolean>;
  presenter_at: number | null;
  /** Numbers the LiveKit room. */
  epoch: number;
  /** The last event's position in the log. */
  seq: number;
  /** Events up to here are no longer kept. */
  log_floor: number;
  created_at: number;
  /** When the reconciler looks next; null when nobody is in and nothing is pending. */
  check_at: number | null;
  /** Which instance reconciles the room, and until when nobody else does. */
  lease_by: string | null;
  lease_until: number;
  /** What the shared private link opens, and its key's hash; no key while `off`. */
  link_access: Generated<LinkAccess>;
  link_hash: string | null;
  link_at: number | null;
  link_used_at: number | null;
  /** Since when people are in the call and no host is; null while one is, or nobody. */
  hostless_at: number | null;
}

/** By which right somebody came in. */
export type Way = 'entry' | 'authorize' | 'key' | 'link' | 'public';

export type AdmissionState =
  | 'waiting'
  | 'admitted'
  | 'left'
  | 'removed'
  | 'ended'
  | 'reset'
  | 'denied'
  | 'withdrawn'
  | 'expired';

/** One stay of one person. */
interface AdmissionsTable {
  id: string;
  room_id: string;
  person: string;
  /** The browser, as a person of its own: what somebody is once they drop token and key. */
  visitor: string | null;
  /** The invitation whose key they came by. */
  invitation_id: string | null;
  /** Of an entry token that names no subject: whoever shows it may be anybody. */
  token_hash: string | null;
  name: string;
  role: Role;
  access: AccessLevel;
  way: Way;
  state: AdmissionState;
  present: boolean;
  session_hash: string;
  /** Of the page that had this stay before another window went on with it: it is told so. */
  former_session_hash: string | null;
  /** Counts takeovers: sockets of an older generation are put out. */
  generation: Generated<number>;
  entered_at: number;
  /** Since when present, or last was. */
  joined_at: number | null;
  /** Since when not present, while admitted. */
  gone_at: number | null;
  over_at: number | null;
  over_by: Actor | null;
  /** `left` by an act, or by `network` after the time for coming back ran out. */
  over_reason: ExitReason | null;
  note: string | null;
  pass_until: number | null;
  /** What a knocker says to the hosts. */
  message: string | null;
  /** When a knock ends that nobody answers. Kept after the answer: they came by knocking. */
  expires_at: number | null;
  /** Removed for good: knocks are refused, too. */
  blocked: Generated<boolean>;
  /** A knocker shows themselves to the hosts. */
  camera: Generated<boolean>;
  /** When that ended: a join that was on its way may still come through a moment later. */
  camera_off_at: number | null;
}

/**
 * What a seat is good for: `call` needs an admitted stay; `knock`, a knocker's camera, a waiting one;
 * `look`, a host looking at it, an admitted host and the other's knock still waiting.
 */
export type SeatKind = 'call' | 'knock' | 'look';

/** One LiveKit identity under an admission. */
interface SeatsTable {
  identity: string;
  admission_id: string;
  room_id: string;
  kind: SeatKind;
  sfu_room: string;
  /** With `look`: the admission that is looked at. */
  looks_at: string | null;
  /** The instance whose door holds the socket, and which socket. */
  holder: string | null;
  socket: string | null;
  closed_at: number | null;
  /** The client said leave before its socket closed. */
  said_goodbye: Generated<boolean>;
}

/** After a removal: this person gets no more than `knock`. */
interface ExclusionsTable {
  room_id: string;
  person: string;
  admission_id: string;
  at: number;
  blocked: Generated<boolean>;
}

/** A personal way in. */
interface InvitationsTable {
  id: string;
  room_id: string;
  name: string | null;
  email: string | null;
  access: AccessLevel;
  key_hash: string;
  uses: Generated<number>;
  max_uses: number | null;
  created_at: number;
  created_by: Actor | null;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  revoked_by: Actor | null;
}

/** A browser that used an invitation: again from there, it costs no other use. */
interface InvitationUsesTable {
  invitation_id: string;
  visitor: string;
  at: number;
}

/** A file of a room, or one that is being uploaded. The bytes lie in the byte store. */
interface FilesTable {
  id: string;
  room_id: string;
  /** Of the bytes; random, and told to nobody. */
  key: string;
  /** Whose it is. */
  person: string;
  name: string;
  /** In bytes; with an upload, of all that is to come. */
  size: number;
  /** By the bytes, once they are all there. */
  type: string | null;
  /** Of a picture, in pixels, as its head says. */
  width: number | null;
  height: number | null;
  /** A small JPEG. */
  preview: Uint8Array | null;
  by: Participant;
  created_at: number;
  /** When it was complete; null while it is uploaded. */
  ready_at: number | null;
  /** When an upload is given up; null once it is complete. */
  expires_at: number | null;
  /** How far an upload has come; null once it is complete. */
  draft: Draft | null;
  /** Which request writes the upload: an older one writes nothing more. */
  writer: string | null;
}

/** Opens the bytes of a file, or of a recording, for a while to one stay. One of the two is named. */
interface FileLinksTable {
  hash: string;
  file_id: string | null;
  recording_id: string | null;
  admission_id: string;
  expires_at: number;
}

/** An event on its way to one of the integrator's addresses. */
interface DeliveriesTable {
  id: Generated<number>;
  room_id: string;
  /** The address; one that is no longer configured gets nothing more. */
  url: string;
  seq: number;
  /** The event as it was told, for the log may be cleared before it arrives. */
  event: RoomEvent;
  attempts: Generated<number>;
  next_at: number;
  created_at: number;
}

/** A room's log. */
interface EventsTable {
  room_id: string;
  seq: number;
  id: string;
  at: number;
  type: RoomEventType;
  by: Actor | null;
  /** The event's own fields; of one about a message `{ message: id }`. */
  data: Record<string, unknown>;
}

/** What still has to be done outside the database. Rows go when it is done. */
interface OutboxTable {
  id: Generated<number>;
  room_id: string;
  kind: Effect['kind'];
  payload: Effect['payload'];
  attempts: Generated<number>;
  next_at: number;
  created_at: number;
}

/** The processes that share this database. */
interface InstancesTable {
  id: string;
  beat_at: number;
}

export interface Tables extends BoardTables, RecordingTables, ResetTables {
  rooms: RoomsTable;
  admissions: AdmissionsTable;
  seats: SeatsTable;
  exclusions: ExclusionsTable;
  events: EventsTable;
  outbox: OutboxTable;
  instances: InstancesTable;
  invitations: InvitationsTable;
  invitation_uses: InvitationUsesTable;
  deliveries: DeliveriesTable;
  files: FilesTable;
  file_links: FileLinksTable;
  notes: NotesTable;
  messages: MessagesTable;
  chat_marks: ChatMarksTable;
}

export type { Effect };
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
export type Room = Selectable<RoomsTable>;
export type Admission = Selectable<AdmissionsTable>;
export type Outbox = Selectable<OutboxTable>;
export type InvitationRow = Selectable<InvitationsTable>;
export type FileRow = Selectable<FilesTable>;
export type Delivery = Selectable<DeliveriesTable>;
