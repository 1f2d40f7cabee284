import { AnsweredRequestEvent } from './answered-request-event.ts';

/** What somebody asks the hosts with. */
export interface KnockWish {
  /** What they call themselves; undefined when somebody else says who they are. */
  readonly name?: string;
  /** A line to the hosts. */
  readonly message?: string;
  /** Whether hosts see their camera while they wait. */
  readonly camera: boolean;
}

/** Somebody wants to ask the hosts to be let in, for the first time or again. */
export class KnockRequestEvent extends AnsweredRequestEvent<void> {
  readonly wish: KnockWish;

  constructor(wish: KnockWish, init?: EventInit) {
    super('knock-request', init);
    this.wish = wish;
  }

  protected override copy(init: EventInit): KnockRequestEvent {
    return new KnockRequestEvent(this.wish, init);
  }
}
