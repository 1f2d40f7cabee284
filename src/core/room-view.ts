import type { BoardsState } from './board-state.ts';
import type { RecordingState } from './recording-state.ts';
import type { FilesState, UploadState } from './file-state.ts';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Knock } from '../protocol/knock.ts';
import type { ChatMark } from '../protocol/message.ts';
import type { Role } from '../protocol/participant.ts';
import type { ResetCount } from '../protocol/reset.ts';
import type { Action, Explanation } from '../protocol/permissions.ts';
import type { Me, RoomInfo } from '../protocol/snapshot.ts';
import type { DeviceChoice, DeviceList } from './device-state.ts';
import type { ChatState, Typist } from './chat-state.ts';
import type { ScreenShareState } from './screen-state.ts';
import type { Slices } from './slices.ts';
import {
  type AccessListState,
  type ConnectionState,
  type DevicesState,
  type Fact,
  type MediaState,
  type ParticipantState,
  requestKey,
  type RequestsState,
  type VideoSource,
} from './state.ts';

const NOT_IN: Explanation = Object.freeze({ allowed: false, why: 'session-missing' });

/** What a room shows: its slices, read-only, and its facts. */
export abstract class RoomView {
  protected readonly slices: Slices;

  constructor(slices: Slices) {
    this.slices = slices;
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.slices.connection.state;
  }

  get me(): ReadonlySignal<Me | undefined> {
    return this.slices.connection.me;
  }

  get room(): ReadonlySignal<RoomInfo | undefined> {
    return this.slices.connection.room;
  }

  get roster(): ReadonlySignal<readonly string[]> {
    return this.slices.cells.roster;
  }

  get knocks(): ReadonlySignal<readonly Knock[]> {
    return this.slices.cells.knocks;
  }

  get accessList(): ReadonlySignal<AccessListState> {
    return this.slices.cells.accessList;
  }

  get cleared(): ReadonlySignal<readonly ResetCount[]> {
    return this.slices.cells.cleared;
  }

  get files(): ReadonlySignal<FilesState> {
    return this.slices.cells.files;
  }

  get uploads(): ReadonlySignal<readonly UploadState[]> {
    return this.slices.cells.uploads;
  }

  get whiteboards(): ReadonlySignal<BoardsState> {
    return this.slices.cells.whiteboards;
  }

  get recording(): ReadonlySignal<RecordingState | undefined> {
    return this.slices.cells.recording;
  }

  get chat(): ReadonlySignal<ChatState> {
    return this.slices.cells.chat;
  }

  get chatMark(): ReadonlySignal<ChatMark> {
    return this.slices.cells.chatMark;
  }

  get typing(): ReadonlySignal<readonly Typist[]> {
    return this.slices.cells.typing;
  }

  get devices(): ReadonlySignal<DevicesState> {
    return this.slices.devices.state;
  }

  get deviceChoice(): ReadonlySignal<DeviceChoice> {
    return this.slices.deviceChoice.state;
  }

  get deviceList(): ReadonlySignal<DeviceList> {
    return this.slices.cells.deviceList;
  }

  get screenShare(): ReadonlySignal<ScreenShareState> {
    return this.slices.cells.screenShare;
  }

  get screens(): ReadonlySignal<readonly string[]> {
    return this.slices.cells.screens;
  }

  get activeSpeaker(): ReadonlySignal<string | undefined> {
    return this.slices.cells.activeSpeaker;
  }

  get requests(): ReadonlySignal<RequestsState> {
    return this.slices.requests.state;
  }

  participant(identity: string): ReadonlySignal<ParticipantState | undefined> {
    return this.slices.cells.participants.of(identity);
  }

  media(identity: string): ReadonlySignal<MediaState> {
    return this.slices.cells.media.of(identity);
  }

  knockVideo(identity: string): ReadonlySignal<VideoSource | undefined> {
    return this.slices.cells.knockVideos.of(identity);
  }

  explain(action: Action, identity?: string, { role }: { role?: Role } = {}): Explanation {
    return this.slices.cells.explain.value?.(this, action, identity, role) ?? NOT_IN;
  }

  watchAccess(signal: AbortSignal): void {
    this.slices.cells.demand.add(requestKey('access-list'), signal);
  }

  watchFiles(signal: AbortSignal): void {
    this.slices.cells.demand.add(requestKey('file-list'), signal);
  }

  watchWhiteboards(signal: AbortSignal): void {
    this.slices.cells.demand.add(requestKey('whiteboard-list'), signal);
  }

  watchChat(signal: AbortSignal): void {
    this.slices.cells.demand.add(requestKey('message-list'), signal);
  }

  look(identity: string, signal: AbortSignal): void {
    this.slices.cells.demand.add(requestKey('knock-look', identity), signal);
  }

  hold(key: string, until: Promise<unknown>): void {
    this.slices.requests.hold(key, until);
  }

  listen(hear: (fact: Fact) => void, signal: AbortSignal): void {
    this.slices.facts.listen(hear, signal);
  }
}
