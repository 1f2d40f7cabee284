import * as v from 'valibot';
import { common } from './event-common.ts';
import { Participant } from './participant.ts';
import { Recording, RecordingEnd } from './recording.ts';

/** From now on what is seen and heard in the call is recorded. */
const RecordingStarted = v.object({
  ...common,
  type: v.literal('recording-started'),
  recording: Recording,
});

/** Somebody agrees to be in the recording that runs. */
const RecordingConsented = v.object({
  ...common,
  type: v.literal('recording-consented'),
  recording: Recording,
  participant: Participant,
});

/** Nothing is recorded any more. */
const RecordingStopped = v.object({
  ...common,
  type: v.literal('recording-stopped'),
  recording: Recording,
  reason: RecordingEnd,
});

/** A recording's bytes are in the room. For hosts. */
const RecordingAdded = v.object({
  ...common,
  type: v.literal('recording-added'),
  recording: Recording,
});

/** The room keeps a recording no more; `by` says who took it away. For hosts. */
const RecordingDeleted = v.object({
  ...common,
  type: v.literal('recording-deleted'),
  recording: Recording,
});

/** What the log tells of recordings. */
export const RECORDING_EVENTS = [
  RecordingStarted,
  RecordingConsented,
  RecordingStopped,
  RecordingAdded,
  RecordingDeleted,
] as const;
