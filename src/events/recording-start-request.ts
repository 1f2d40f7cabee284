import type { RecorderKind } from '../protocol/recording.ts';
import { RequestEvent } from './request-event.ts';

/** A host wants the call to be recorded. */
export class RecordingStartRequestEvent extends RequestEvent {
  /** By what: the host's own browser, or LiveKit's Egress. */
  readonly recorder: RecorderKind;

  constructor(recorder: RecorderKind, init?: EventInit) {
    super('recording-start-request', init);
    this.recorder = recorder;
  }

  protected override copy(init: EventInit): RecordingStartRequestEvent {
    return new RecordingStartRequestEvent(this.recorder, init);
  }
}
