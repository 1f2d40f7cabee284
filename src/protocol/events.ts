import * as v from 'valibot';
import { ExitReason } from './exit.ts';
import { Actor, Participant, RosterEntry } from './participant.ts';

/** What every event of a room's log has. Feeds, the page's facts and webhooks tell the same. */
const common = {
  /** `e_` and random. Two events of one act share it (`participant-removed`, `participant-left`). */
  id: v.string(),
  /** Position in the room's log, from 1, without gaps. */
  seq: v.number(),
  /** ms since the epoch, the server's clock. */
  at: v.number(),
  /** The room's name. */
  room: v.string(),
  by: v.optional(Actor),
};

/** Somebody is in the call: LiveKit's first answer to them passed the door. */
export const ParticipantJoined = v.object({
  ...common,
  type: v.literal('participant-joined'),
  participant: RosterEntry,
});

/** Somebody is no longer in the call, whatever the reason. */
export const ParticipantLeft = v.object({
  ...common,
  type: v.literal('participant-left'),
  participant: Participant,
  reason: ExitReason,
});

/** A host put somebody out. */
export const ParticipantRemoved = v.object({
  ...common,
  type: v.literal('participant-removed'),
  participant: Participant,
  note: v.optional(v.string()),
});

/** A host undid a removal: the person may come straight back. */
export const ParticipantRestored = v.object({
  ...common,
  type: v.literal('participant-restored'),
  participant: Participant,
});

/** From now on the public link asks people to knock. */
export const RoomLocked = v.object({
  ...common,
  type: v.literal('room-locked'),
  /** `removal`: the link was open, and somebody was put out. */
  cause: v.picklist(['host', 'removal']),
});

/** From now on the public link lets people straight in. */
export const RoomUnlocked = v.object({ ...common, type: v.literal('room-unlocked') });

/** One event of a room's log. */
export const RoomEvent = v.variant('type', [
  ParticipantJoined,
  ParticipantLeft,
  ParticipantRemoved,
  ParticipantRestored,
  RoomLocked,
  RoomUnlocked,
]);
export type RoomEvent = v.InferOutput<typeof RoomEvent>;
export type RoomEventType = RoomEvent['type'];

/** The event of type `T`. */
export type RoomEventOf<T extends RoomEventType> = Extract<RoomEvent, { type: T }>;

/** What a rule says of an event; the log adds id, seq, at and room. */
export type RoomEventDraft = {
  [T in RoomEventType]: Omit<RoomEventOf<T>, 'id' | 'seq' | 'at' | 'room'>;
}[RoomEventType];
