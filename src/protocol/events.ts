import * as v from 'valibot';
import { common } from './event-common.ts';
import { ExitReason } from './exit.ts';
import { RoomFile } from './file.ts';
import { Invitation, LinkAccess } from './invitation.ts';
import { Knock } from './knock.ts';
import { Message } from './message.ts';
import { Participant, RosterEntry } from './participant.ts';
import { RECORDING_EVENTS } from './recording-events.ts';
import { ResetPart, ResetReceipt } from './reset.ts';
import { Whiteboard } from './whiteboard.ts';

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
  /** With `left`: they come back without knocking until then, ms since the epoch. */
  until: v.optional(v.number()),
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

/** A host ended the call for everybody, or for everybody else. */
export const CallEnded = v.object({
  ...common,
  type: v.literal('call-ended'),
  /** Whether the host who ended it is still in. */
  keptHost: v.boolean(),
  /** `no-host`: no host was left, and the time that the server gives such a call ran out. */
  cause: v.optional(v.literal('no-host')),
});

/** Somebody knocks, or says something else than before. For hosts. */
export const KnockReceived = v.object({
  ...common,
  type: v.literal('knock-received'),
  knock: Knock,
});

/** A host let somebody in who knocked, or unlocking the room did. For hosts. */
export const KnockAdmitted = v.object({
  ...common,
  type: v.literal('knock-admitted'),
  knock: Knock,
});

/** A host declined. For hosts. */
export const KnockDenied = v.object({
  ...common,
  type: v.literal('knock-denied'),
  knock: Knock,
  note: v.optional(v.string()),
});

/** Somebody no longer waits, without a host having decided. For hosts. */
export const KnockOver = v.object({
  ...common,
  type: v.literal('knock-over'),
  knock: Knock,
  reason: v.picklist(['withdrawn', 'expired', 'removed', 'ended', 'reset']),
});

/** From now on the public link asks people to knock. */
export const RoomLocked = v.object({
  ...common,
  type: v.literal('room-locked'),
  /** `removal`: the link was open, and somebody was put out. `no-host`: the last host went. */
  cause: v.picklist(['host', 'removal', 'no-host']),
});

/** From now on the public link lets people straight in. */
export const RoomUnlocked = v.object({ ...common, type: v.literal('room-unlocked') });

/** From now on hosts alone present, or everybody may again. */
export const PresenterModeChanged = v.object({
  ...common,
  type: v.literal('presenter-mode-changed'),
  on: v.boolean(),
});

/** A host made somebody a host, or a guest again. */
export const RoleChanged = v.object({
  ...common,
  type: v.literal('role-changed'),
  /** With the role they have from now on. */
  participant: Participant,
});

/** A host invited somebody. For hosts; the key is told to that host alone. */
export const InvitationCreated = v.object({
  ...common,
  type: v.literal('invitation-created'),
  invitation: Invitation,
});

/** An invitation opens nothing any more. For hosts. */
export const InvitationRevoked = v.object({
  ...common,
  type: v.literal('invitation-revoked'),
  invitation: Invitation,
  /** `removal`: somebody who came by it was put out. */
  cause: v.picklist(['host', 'removal']),
});

/** The shared private link opens something else than before, or has a new key. For hosts. */
export const LinkChanged = v.object({
  ...common,
  type: v.literal('link-changed'),
  access: LinkAccess,
  cause: v.picklist(['host', 'removal']),
});

/** Somebody who left must knock to come back. For hosts. */
export const PassRevoked = v.object({
  ...common,
  type: v.literal('pass-revoked'),
  participant: Participant,
});

/** A host cleared parts of what the room keeps. */
export const RoomReset = v.object({
  ...common,
  type: v.literal('room-reset'),
  /** With `activity` it was the full reset: everybody is out, and the log begins anew. */
  parts: v.array(ResetPart),
  /** Whether the host who did the full one is still in. */
  keptHost: v.boolean(),
  receipt: ResetReceipt,
});

/** What a reset had cleared is back, as far as it was kept. */
export const RoomRestored = v.object({
  ...common,
  type: v.literal('room-restored'),
  parts: v.array(ResetPart),
});

/** A file is complete, and everybody in the call may have it. */
export const FileAdded = v.object({ ...common, type: v.literal('file-added'), file: RoomFile });

/** A file is gone; `by` says who took it away. */
export const FileDeleted = v.object({ ...common, type: v.literal('file-deleted'), file: RoomFile });

const ofWhiteboard = <T extends string>(type: T) =>
  v.object({ ...common, type: v.literal(type), whiteboard: Whiteboard });

/** There is another whiteboard. */
export const WhiteboardCreated = ofWhiteboard('whiteboard-created');
/** A whiteboard has another name, was locked, or unlocked. */
export const WhiteboardChanged = ofWhiteboard('whiteboard-changed');
/** A host took everything off a whiteboard. */
export const WhiteboardCleared = ofWhiteboard('whiteboard-cleared');
/** A whiteboard is gone. */
export const WhiteboardDeleted = ofWhiteboard('whiteboard-deleted');

/** Somebody wrote a message. A private one is told to two people only, and to no webhook or hook. */
export const MessageReceived = v.object({
  ...common,
  type: v.literal('message-received'),
  /** As it is when this is told: what was edited since is here already, what was deleted is gone. */
  message: Message,
});

/** Somebody changed what they had written. */
export const MessageEdited = v.object({
  ...common,
  type: v.literal('message-edited'),
  message: Message,
});

/** A message is gone; `by` says who took it away. Told without its text. */
export const MessageDeleted = v.object({
  ...common,
  type: v.literal('message-deleted'),
  message: Message,
});

/** One event of a room's log. */
export const RoomEvent = v.variant('type', [
  ParticipantJoined,
  ParticipantLeft,
  ParticipantRemoved,
  ParticipantRestored,
  CallEnded,
  KnockReceived,
  KnockAdmitted,
  KnockDenied,
  KnockOver,
  RoomLocked,
  RoomUnlocked,
  PresenterModeChanged,
  RoleChanged,
  InvitationCreated,
  InvitationRevoked,
  LinkChanged,
  PassRevoked,
  RoomReset,
  RoomRestored,
  FileAdded,
  FileDeleted,
  WhiteboardCreated,
  WhiteboardChanged,
  WhiteboardCleared,
  WhiteboardDeleted,
  MessageReceived,
  MessageEdited,
  MessageDeleted,
  ...RECORDING_EVENTS,
]);
export type RoomEvent = v.InferOutput<typeof RoomEvent>;
export type RoomEventType = RoomEvent['type'];

/** The event of type `T`. */
export type RoomEventOf<T extends RoomEventType> = Extract<RoomEvent, { type: T }>;

/** What a rule says of an event; the log adds id, seq, at and room. */
export type RoomEventDraft = {
  [T in RoomEventType]: Omit<RoomEventOf<T>, 'id' | 'seq' | 'at' | 'room'>;
}[RoomEventType];

/** Of the log, what counts as activity: who came and went, and what hosts did. Content does not. */
export const ACTIVITY: readonly RoomEventType[] = [
  'participant-joined',
  'participant-left',
  'participant-removed',
  'participant-restored',
  'call-ended',
  'knock-received',
  'knock-admitted',
  'knock-denied',
  'knock-over',
  'room-locked',
  'room-unlocked',
  'presenter-mode-changed',
  'role-changed',
  'invitation-created',
  'invitation-revoked',
  'link-changed',
  'pass-revoked',
  'room-reset',
  'room-restored',
  'recording-started',
  'recording-consented',
  'recording-stopped',
];

/** Events that only hosts are told; others are told the number alone. */
export const FOR_HOSTS: ReadonlySet<RoomEventType> = new Set<RoomEventType>([
  'knock-received',
  'knock-admitted',
  'knock-denied',
  'knock-over',
  'invitation-created',
  'invitation-revoked',
  'link-changed',
  'pass-revoked',
  'recording-added',
  'recording-deleted',
]);

/** Events about a message. The log keeps its id; what it says is told from the messages. */
export const OF_MESSAGES = [
  'message-received',
  'message-edited',
  'message-deleted',
] as const satisfies readonly RoomEventType[];
export type MessageEvent = RoomEventOf<(typeof OF_MESSAGES)[number]>;

export const isOfMessage = (event: RoomEvent): event is MessageEvent =>
  OF_MESSAGES.some((type) => type === event.type);

/** Whether it concerns two people and nobody else: no host, no webhook, no hook. */
export const isPrivate = (event: RoomEvent): boolean =>
  isOfMessage(event) && event.message.to !== undefined;
