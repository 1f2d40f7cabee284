/**
 * The base of all requests: events that ask for something a person wants. They bubble, cross shadow
 * roots, and `preventDefault()` vetoes or replaces the built-in step.
 */
export abstract class RequestEvent extends Event {
  constructor(type: string, init: EventInit = {}) {
    super(type, { bubbles: true, composed: true, cancelable: true, ...init });
  }

  /**
   * The same request for the room that a control outside of it belongs to; stays at its target, so
   * that the page does not hear it twice.
   */
  abstract again(): RequestEvent;
}

/** For the copies that `again()` makes. */
export const AT_TARGET: EventInit = { bubbles: false };
