import type { FileLimits } from '../protocol/file.ts';
import type { RecorderKind, RecordingConsent, RecordingLimits } from '../protocol/recording.ts';
import type { RoomEvent, RoomEventType } from '../protocol/events.ts';
import type { MeetingServerOptions } from './options.ts';

/** What happens when the last host goes and others stay: nothing, the room locks, the call ends. */
export type LastHost = 'stay' | 'lock' | { readonly endAfter: number };

/** Where a room's events are told. */
export interface WebhookTarget {
  readonly url: string;
  /** All of them unless said. */
  readonly types?: readonly RoomEventType[] | undefined;
}

/** What the integrator decided for all rooms, as far as rules hang on it. */
export interface Policy {
  /** `endAfter` in ms. */
  readonly lastHost: LastHost;
  readonly webhooks: readonly WebhookTarget[];
  readonly files: FileLimits;
  readonly whiteboards: BoardLimits;
  /** How long what a reset cleared can be put back, in ms; 0: not at all. */
  readonly trash: number;
  readonly recordings: RecordingPolicy;
}

/** What a room keeps in whiteboards: the bytes of one, and how many there are. */
export interface BoardLimits {
  readonly boardBytes: number;
  readonly roomBoards: number;
}

/** How calls are recorded. */
export interface RecordingPolicy extends RecordingLimits {
  readonly consent: RecordingConsent;
  /** Who records at this server. */
  readonly recorders: readonly RecorderKind[];
}

const GB = 1_000_000_000;

export const DEFAULT_FILE_LIMITS: FileLimits = {
  fileBytes: 2 * GB,
  roomBytes: 10 * GB,
  roomFiles: 1_000,
};

export const DEFAULT_BOARD_LIMITS: BoardLimits = { boardBytes: 20_000_000, roomBoards: 50 };
export const DEFAULT_RECORDINGS: RecordingPolicy = {
  fileBytes: 10 * GB,
  roomBytes: 50 * GB,
  consent: 'tell',
  recorders: ['browser'],
};

export const DEFAULT_POLICY: Policy = {
  lastHost: 'stay',
  webhooks: [],
  files: DEFAULT_FILE_LIMITS,
  whiteboards: DEFAULT_BOARD_LIMITS,
  trash: 0,
  recordings: DEFAULT_RECORDINGS,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What the options say to the rules. */
export function toPolicy({
  lastHost = 'stay',
  webhooks = [],
  files,
  whiteboards,
  reset,
  recordings,
}: Pick<
  MeetingServerOptions,
  'lastHost' | 'webhooks' | 'files' | 'whiteboards' | 'reset' | 'recordings'
>): Policy {
  return {
    lastHost:
      typeof lastHost === 'string' ? lastHost : { endAfter: lastHost.endAfterMinutes * MINUTE },
    webhooks: webhooks.map(({ url, types }) => ({ url, types })),
    files: {
      fileBytes: files?.limits?.fileBytes ?? DEFAULT_FILE_LIMITS.fileBytes,
      roomBytes: files?.limits?.roomBytes ?? DEFAULT_FILE_LIMITS.roomBytes,
      roomFiles: files?.limits?.roomFiles ?? DEFAULT_FILE_LIMITS.roomFiles,
    },
    whiteboards: {
      boardBytes: whiteboards?.limits?.boardBytes ?? DEFAULT_BOARD_LIMITS.boardBytes,
      roomBoards: whiteboards?.limits?.roomBoards ?? DEFAULT_BOARD_LIMITS.roomBoards,
    },
    trash: (reset?.trashHours ?? 0) * HOUR,
    recordings: {
      fileBytes: recordings?.limits?.fileBytes ?? DEFAULT_RECORDINGS.fileBytes,
      roomBytes: recordings?.limits?.roomBytes ?? DEFAULT_RECORDINGS.roomBytes,
      consent: recordings?.consent ?? DEFAULT_RECORDINGS.consent,
      // Egress records everybody, also who was asked and has not agreed yet.
      recorders:
        recordings?.egress && recordings.consent !== 'ask' ? ['browser', 'egress'] : ['browser'],
    },
  };
}

/** Whether `target` wants to hear of `event`. */
export const isFor = ({ types }: WebhookTarget, { type }: Pick<RoomEvent, 'type'>): boolean =>
  types === undefined || types.includes(type);
