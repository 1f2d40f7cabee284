import * as v from 'valibot';
import { common } from './event-common.ts';
import { Participant } from './participant.ts';
import { Recording, RecordingEnd } from './recording.ts';

/** From now on what is seen and heard in the call is recorded. */
export const RecordingStarted = v.object({
  ...common,
  type: v.literal('recording-started'),
  recording: Recording,
});

/** Somebody agrees to be in the recording that runs. */
export const RecordingConsented = v.object({
  ...common,
  type: v.literal('recording-consented'),
  recording: Recording,
  participant: Participant,
});

/** Nothing is recorded any more. */
export const RecordingStopped = v.object({
  ...common,
  type: v.literal('recording-stopped'),
  recording: Recording,
  reason: RecordingEnd,
});

/** A recording's bytes are in the room. For hosts. */
export const RecordingAdded = v.object({
  ...common,
  type: v.literal('recording-added'),
  recording: Recording,
});

/** The room keeps a recording no more; `by` says who took it away. For hosts. */
export const RecordingDeleted = v.object({
  ...common,
  type: v.literal('recording-deleted'),
  recording: Recording,
});
