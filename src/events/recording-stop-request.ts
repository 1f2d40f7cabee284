import type { Recording } from '../protocol/recording.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants the recording that runs to end. */
export class RecordingStopRequestEvent extends RequestEvent {
  readonly recording: Recording;

  constructor(recording: Recording, init?: EventInit) {
    super('recording-stop-request', init);
    this.recording = recording;
  }

  protected override copy(init: EventInit): RecordingStopRequestEvent {
    return new RecordingStopRequestEvent(this.recording, init);
  }
}
