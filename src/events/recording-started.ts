import type { RoomEventOf } from '../protocol/events.ts';
import type { Recording } from '../protocol/recording.ts';
import { RoomFactEvent } from './room-fact.ts';

/** From now on what is seen and heard in the call is recorded. */
export class RecordingStartedEvent extends RoomFactEvent {
  readonly recording: Recording;

  constructor(fact: RoomEventOf<'recording-started'>) {
    super(fact);
    this.recording = fact.recording;
  }
}
