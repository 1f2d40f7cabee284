import type { RoomEventOf } from '../protocol/events.ts';
import type { Recording } from '../protocol/recording.ts';
import { RoomFactEvent } from './room-fact.ts';

/** The room keeps a recording no more. For hosts. */
export class RecordingDeletedEvent extends RoomFactEvent {
  readonly recording: Recording;

  constructor(fact: RoomEventOf<'recording-deleted'>) {
    super(fact);
    this.recording = fact.recording;
  }
}
