/** What whoever holds a request says: nothing or true for yes, false for no, or why not. */
export type Held = boolean | string | undefined | void;

/** What became of a request that others were asked about. */
export type Verdict =
  | { readonly allowed: true }
  /** `reason`: in the page's words, for the person who asked. `cause`: it could not be found out. */
  | { readonly allowed: false; readonly reason?: string; readonly cause?: unknown };

/**
 * The base of all requests: events that ask for something a person wants. They bubble, cross shadow
 * roots, and `preventDefault()` vetoes or replaces the built-in step; `waitUntil()` holds it.
 */
export abstract class RequestEvent extends Event {
  #holds: Promise<Held>[] = [];

  constructor(type: string, init: EventInit = {}) {
    super(type, { bubbles: true, composed: true, cancelable: true, ...init });
  }

  /**
   * Holds the built-in step until `answer` is there: `false` vetoes it, a string vetoes it and is
   * shown to the person as the reason, everything else lets it go on. One that rejects vetoes it, too.
   *
   * @throws DOMException `InvalidStateError` when the event is no longer on its way.
   */
  waitUntil(answer: Promise<Held>): void {
    if (this.eventPhase === this.NONE) {
      throw new DOMException('waitUntil() is for listeners of the event.', 'InvalidStateError');
    }
    // A veto by somebody else may end it all before this is looked at.
    answer.catch(() => 'looked at in verdict()');
    this.#holds.push(answer);
  }

  /** Whether somebody wants to be waited for. */
  get isHeld(): boolean {
    return this.#holds.length > 0;
  }

  /** Whether the built-in step may be done, once everybody who holds it has said so. */
  async verdict(): Promise<Verdict> {
    if (this.defaultPrevented) return { allowed: false };
    const answers = await Promise.allSettled(this.#holds);
    const said = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const reason = said.find((one): one is string => typeof one === 'string' && one !== '');
    if (reason !== undefined) return { allowed: false, reason };
    if (said.some((one) => one === false || one === '')) return { allowed: false };
    const failed = answers.find((one) => one.status === 'rejected');
    return failed ? { allowed: false, cause: failed.reason } : { allowed: true };
  }

  /**
   * The same request for the room that a control outside of it belongs to; stays at its target, so
   * that the page does not hear it twice.
   */
  again(): RequestEvent {
    const copy = this.copy({ bubbles: false });
    copy.#holds = this.#holds;
    return copy;
  }

  /** Another event of the same kind that asks for the same. */
  protected abstract copy(init: EventInit): RequestEvent;
}
