/** The headless meeting room: everything but the elements. */
export { MeetingError } from '../protocol/meeting-error.ts';
export type { BrowserErrorCode, ErrorCode } from '../protocol/meeting-error.ts';
export type { ServerErrorCode } from '../protocol/status.ts';
export type { RoomEvent, RoomEventOf, RoomEventType } from '../protocol/events.ts';
export type { Exit, ExitReason, NextStep } from '../protocol/exit.ts';
export type {
  AccessList,
  Exclusion,
  Invitation,
  LinkAccess,
  Pass,
} from '../protocol/invitation.ts';
export type { FileLimits, FileUsage, RoomFile } from '../protocol/file.ts';
export type { ChatMark, Message } from '../protocol/message.ts';
export type { Knock, KnockDecision } from '../protocol/knock.ts';
export type { AccessLevel, Actor, Connection, Participant, Role } from '../protocol/participant.ts';
export type { ResetCount, ResetPart, ResetReceipt } from '../protocol/reset.ts';
export type { Action, Explanation } from '../protocol/permissions.ts';
export type { Me, RoomInfo } from '../protocol/snapshot.ts';
export type { DeviceChoice, DeviceInfo, DeviceList } from './device-state.ts';
export type { ChatMessage, ChatState, Typist } from './chat-state.ts';
export { RoomStore } from './room-store.ts';
export { requestKey } from './state.ts';
export type {
  AccessListState,
  AccessState,
  ConnectionState,
  DevicesState,
  DeviceState,
  Fact,
  MediaState,
  ParticipantState,
  RequestsState,
  RoomOptions,
  Store,
  VideoSource,
} from './state.ts';
export type { ScreenEnd, ScreenFact, ScreenShareState } from './screen-state.ts';
export type { FilesState, UploadState } from './file-state.ts';
export type {
  Recordings,
  RecordingsState,
  RecordingState,
  RecordingWish,
} from './recording-state.ts';
export type { KeptRecording } from './recording/kept-recording.ts';
export type { Recording, RecorderKind, RecordingConsent } from '../protocol/recording.ts';
