import * as v from 'valibot';
import { Knock } from './knock.ts';
import { ChatMark } from './message.ts';
import { Session } from './names.ts';
import { Recording, RecorderKind, RecordingConsent } from './recording.ts';
import { AccessLevel, Participant, RosterEntry } from './participant.ts';

/** The room as everybody in it may know it. */
export const RoomInfo = v.object({
  name: v.string(),
  locked: v.boolean(),
  /** Whether hosts alone share their screen, add files and draw. */
  presenterMode: v.boolean(),
});
export type RoomInfo = v.InferOutput<typeof RoomInfo>;

/** Oneself, and by which right one is in. */
export const Me = v.object({ ...Participant.entries, access: AccessLevel });
export type Me = v.InferOutput<typeof Me>;

/** All that a page needs to be in the call, true at `seq`; the feed tells what follows. */
export const Snapshot = v.object({
  seq: v.number(),
  room: RoomInfo,
  me: Me,
  roster: v.array(RosterEntry),
  /** Who waits at the door; empty for guests. */
  knocks: v.array(Knock),
  /** How much of the chat they have not seen. */
  chat: ChatMark,
  /** The one that runs. */
  recording: v.optional(Recording),
  /** Whether who is recorded is told, or asked first. */
  recordingConsent: RecordingConsent,
  /** Identities that agreed to the one that runs; empty without one. */
  recordingAgreed: v.array(v.string()),
  /** Who records at this server. */
  recorders: v.array(RecorderKind),
  /** The base URL for livekit-client's `connect`. */
  door: v.string(),
  /** A LiveKit token for this seat, good for 60 s. */
  token: v.string(),
});
export type Snapshot = v.InferOutput<typeof Snapshot>;

/** The answer to entering: a snapshot, and the secret of this stay. */
export const Entered = v.object({ ...Snapshot.entries, session: Session });
export type Entered = v.InferOutput<typeof Entered>;
