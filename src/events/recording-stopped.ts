import type { RoomEventOf } from '../protocol/events.ts';
import type { Recording, RecordingEnd } from '../protocol/recording.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Nothing is recorded any more. */
export class RecordingStoppedEvent extends RoomFactEvent {
  readonly recording: Recording;
  readonly reason: RecordingEnd;

  constructor(fact: RoomEventOf<'recording-stopped'>) {
    super(fact);
    this.recording = fact.recording;
    this.reason = fact.reason;
  }
}
