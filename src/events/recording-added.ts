import type { RoomEventOf } from '../protocol/events.ts';
import type { Recording } from '../protocol/recording.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A recording’s bytes are in the room. For hosts. */
export class RecordingAddedEvent extends RoomFactEvent {
  readonly recording: Recording;

  constructor(fact: RoomEventOf<'recording-added'>) {
    super(fact);
    this.recording = fact.recording;
  }
}
