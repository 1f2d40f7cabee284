import { AnsweredRequestEvent } from './answered-request-event.ts';

/** Somebody wants to go in: from the join screen, or back from the notice of an exit. */
export class CallEnterRequestEvent extends AnsweredRequestEvent<void> {
  /** What they call themselves; undefined when somebody else says who they are. */
  readonly name: string | undefined;
  /** How to go on when this person is in the call already, in another window. */
  readonly how: 'take-over' | 'beside' | undefined;

  constructor(name: string | undefined, how?: 'take-over' | 'beside', init?: EventInit) {
    super('call-enter-request', init);
    this.name = name;
    this.how = how;
  }

  protected override copy(init: EventInit): CallEnterRequestEvent {
    return new CallEnterRequestEvent(this.name, this.how, init);
  }
}
