import type { ErrorCode, MeetingError } from '../protocol/meeting-error.ts';

/** Something that was asked for failed; people are told on the screen, pages by this. */
export class MeetingErrorEvent extends Event {
  readonly code: ErrorCode;
  /** For developers. Never shown to people. */
  readonly error: MeetingError;

  constructor(error: MeetingError) {
    super('meeting-error');
    this.code = error.code;
    this.error = error;
  }
}
