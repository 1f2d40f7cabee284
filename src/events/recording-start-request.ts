import type { RecorderKind } from '../protocol/recording.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants the call to be recorded. */
export class RecordingStartRequestEvent extends RequestEvent {
  /** By what: the host's own browser, or LiveKit's Egress. */
  readonly recorder: RecorderKind;
  /** Whether what the browser records goes into the room as it is made. */
  readonly upload: boolean;

  constructor(recorder: RecorderKind, upload = false, init?: EventInit) {
    super('recording-start-request', init);
    this.recorder = recorder;
    this.upload = upload;
  }

  protected override copy(init: EventInit): RecordingStartRequestEvent {
    return new RecordingStartRequestEvent(this.recorder, this.upload, init);
  }
}
