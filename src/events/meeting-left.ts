import type { Exit, ExitReason, NextStep } from '../protocol/exit.ts';
import type { Actor } from '../protocol/participant.ts';

/** This page's stay is over, as the server confirmed. */
export class MeetingLeftEvent extends Event {
  readonly reason: ExitReason;
  /** Who ended it, when somebody did. */
  readonly by: Actor | undefined;
  /** A line from the host, plain text. */
  readonly note: string | undefined;
  /** The one step that is open. */
  readonly next: NextStep;
  /** With `rejoin`: until when, ms since the epoch. */
  readonly until: number | undefined;
  /** The step is open from then on, ms since the epoch; without it, now. */
  readonly from: number | undefined;

  constructor(exit: Exit) {
    super('meeting-left');
    this.reason = exit.reason;
    this.by = exit.by;
    this.note = exit.note;
    this.next = exit.next;
    this.until = exit.until;
    this.from = exit.from;
  }
}
