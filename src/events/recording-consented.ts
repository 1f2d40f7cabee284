import type { RoomEventOf } from '../protocol/events.ts';
import type { Participant } from '../protocol/participant.ts';
import type { Recording } from '../protocol/recording.ts';
import { RoomFactEvent } from './room-fact.ts';

/** Somebody agrees to be in the recording that runs. */
export class RecordingConsentedEvent extends RoomFactEvent {
  readonly recording: Recording;
  readonly participant: Participant;

  constructor(fact: RoomEventOf<'recording-consented'>) {
    super(fact);
    this.recording = fact.recording;
    this.participant = fact.participant;
  }
}
