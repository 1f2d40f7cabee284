/** The server half: who may be in a room, and what the room keeps. */
export { createMeetingServer, type MeetingServer } from './meeting-server.ts';
export type { Limits, MeetingServerOptions } from './options.ts';
export type { LogFields, Logger } from './logger.ts';
export type { LiveKitOptions } from './sfu.ts';
export type { StorageOptions } from './storage/open.ts';
export type { Vouch } from './entry-token.ts';
export type { Forbidden, Hooks, Visitor, Wish } from './hooks.ts';
export type { Rooms } from './rooms.ts';
export type { WebhookOptions } from './webhooks.ts';
export { MeetingError, type ErrorCode } from '../protocol/meeting-error.ts';
export type { Problem } from '../protocol/errors.ts';
export type { ServerErrorCode } from '../protocol/status.ts';
export type { RoomEvent, RoomEventOf, RoomEventType } from '../protocol/events.ts';
export type {
  AccessLevel,
  Actor,
  Participant,
  Role,
  RosterEntry,
} from '../protocol/participant.ts';
export type { AccessList, Invitation, LinkAccess } from '../protocol/invitation.ts';
export type { Knock } from '../protocol/knock.ts';
export type { RoomInfo } from '../protocol/snapshot.ts';
export type { Whiteboard } from '../protocol/whiteboard.ts';
