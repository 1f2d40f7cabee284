import type { BoardsState } from './board-state.ts';
import type { RecordingState } from './recording-state.ts';
import type { FilesState, UploadState } from './file-state.ts';
import { type Signal, signal } from '@preact/signals-core';
import type { Knock } from '../protocol/knock.ts';
import type { ResetCount } from '../protocol/reset.ts';
import type { ChatMark } from '../protocol/message.ts';
import type { ChatState, Typist } from './chat-state.ts';
import { Demand } from './demand.ts';
import type { DeviceList } from './device-state.ts';
import type { Explain } from './explain.ts';
import type { ScreenShareState } from './screen-state.ts';
import { SignalMap } from './signal-map.ts';
import type { AccessListState, MediaState, ParticipantState, VideoSource } from './state.ts';

/** What is shown of a call. The slices that write it are fetched with the call. */
export interface Cells {
  readonly roster: Signal<readonly string[]>;
  readonly participants: SignalMap<ParticipantState | undefined>;
  readonly media: SignalMap<MediaState>;
  readonly activeSpeaker: Signal<string | undefined>;
  readonly knocks: Signal<readonly Knock[]>;
  readonly knockVideos: SignalMap<VideoSource | undefined>;
  readonly accessList: Signal<AccessListState>;
  readonly cleared: Signal<readonly ResetCount[]>;
  readonly deviceList: Signal<DeviceList>;
  readonly screenShare: Signal<ScreenShareState>;
  readonly screens: Signal<readonly string[]>;
  readonly files: Signal<FilesState>;
  readonly uploads: Signal<readonly UploadState[]>;
  readonly whiteboards: Signal<BoardsState>;
  readonly recording: Signal<RecordingState | undefined>;
  /** The position of the last snapshot: what was known before may miss something. */
  readonly snapshotAt: Signal<number>;
  readonly chat: Signal<ChatState>;
  readonly chatMark: Signal<ChatMark>;
  readonly typing: Signal<readonly Typist[]>;
  /** What is asked for only while somebody wants it, by the key of its request. */
  readonly demand: Demand;
  /** Says what is allowed in a call; nobody is in one before it is there. */
  readonly explain: Signal<Explain | undefined>;
}

export function createCells(): Cells {
  return {
    roster: signal(Object.freeze([])),
    participants: new SignalMap<ParticipantState | undefined>(undefined),
    media: new SignalMap<MediaState>(
      Object.freeze({ microphone: 'none', speaking: false, quality: 'unknown' }),
    ),
    activeSpeaker: signal(undefined),
    knocks: signal(Object.freeze([])),
    knockVideos: new SignalMap<VideoSource | undefined>(undefined),
    accessList: signal(Object.freeze({ phase: 'unknown' })),
    cleared: signal(Object.freeze([])),
    deviceList: signal(Object.freeze({ cameras: [], microphones: [], speakers: [] })),
    screenShare: signal(Object.freeze({ phase: 'off' })),
    screens: signal(Object.freeze([])),
    files: signal(Object.freeze({ phase: 'unknown' })),
    uploads: signal(Object.freeze([])),
    whiteboards: signal(Object.freeze({ phase: 'unknown' })),
    recording: signal(undefined),
    snapshotAt: signal(0),
    chat: signal(Object.freeze({ phase: 'unknown', messages: [], more: false })),
    chatMark: signal(Object.freeze({ read: 0, unread: 0 })),
    typing: signal(Object.freeze([])),
    demand: new Demand(),
    explain: signal(undefined),
  };
}
