import type { Recording } from '../protocol/recording.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants a recording that the room keeps to be gone. */
export class RecordingDeleteRequestEvent extends RequestEvent {
  readonly recording: Recording;

  constructor(recording: Recording, init?: EventInit) {
    super('recording-delete-request', init);
    this.recording = recording;
  }

  protected override copy(init: EventInit): RecordingDeleteRequestEvent {
    return new RecordingDeleteRequestEvent(this.recording, init);
  }
}
