import { RequestEvent } from './request-event.ts';

/** A request whose answer matters to who asked: a key that is told this once, say. */
export abstract class AnsweredRequestEvent<A> extends RequestEvent {
  #answer: ((answer: Promise<A>) => void) | undefined;
  #answered: Promise<A> = new Promise<A>((resolve) => (this.#answer = resolve));

  /**
   * What the built-in step came to; rejects with its `MeetingError`. Stays open when the request is
   * vetoed: `verdict()` tells.
   */
  get answered(): Promise<A> {
    return this.#answered;
  }

  /** For whoever carries the request out. */
  answer(answer: Promise<A>): void {
    this.#answer?.(answer);
    // Whoever asked may not look; whoever carries it out tells of a failure.
    answer.catch(() => 'told by the router');
  }

  override again(): AnsweredRequestEvent<A> {
    const copy = super.again() as AnsweredRequestEvent<A>;
    copy.#answer = this.#answer;
    copy.#answered = this.#answered;
    return copy;
  }
}
