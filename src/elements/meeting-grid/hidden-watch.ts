import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MeetingErrorEvent } from '../../events/meeting-error.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';

/** Looking has the browser work out the layout: once for all that changes within so long, ms. */
const LOOK_AFTER = 100;

/**
 * Tells the embedding page when the room around `host` can't be seen while its camera is on: a page
 * that hides the room must know that somebody is filmed there, and a trap must not go unnoticed. Out
 * of view by scrolling or in a tab behind is not hidden. Once each time it becomes so.
 */
export class HiddenWatch implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #isFilmed: () => boolean;
  #observers: (IntersectionObserver | ResizeObserver)[] = [];
  #wasHidden = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, isFilmed: () => boolean) {
    this.#host = host;
    this.#isFilmed = isFilmed;
    host.addController(this);
  }

  hostConnected(): void {
    const room = this.#room;
    if (!room) return;
    // The browser has just laid out: looking costs nothing, and nothing that comes and goes is missed.
    this.#observers = [new IntersectionObserver(this.#look), new ResizeObserver(this.#look)];
    for (const observer of this.#observers) observer.observe(room);
  }

  hostDisconnected(): void {
    for (const observer of this.#observers) observer.disconnect();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wasHidden = false;
  }

  hostUpdated(): void {
    if (this.#isFilmed()) this.#timer ??= setTimeout(this.#look, LOOK_AFTER);
    else this.#wasHidden = false;
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const room = this.#room;
    const isHidden = room !== undefined && this.#isFilmed() && !isSeen(room);
    if (isHidden && !this.#wasHidden) {
      const error = new MeetingError('room-hidden', 'The camera is on, and the room is not shown.');
      room.dispatchEvent(new MeetingErrorEvent(error));
    }
    this.#wasHidden = isHidden;
  };

  /** Parts that stand apart from the room are the page's own to show or not. */
  get #room(): Element | undefined {
    const root = this.#host.getRootNode();
    return root instanceof ShadowRoot ? root.host : undefined;
  }
}

function isSeen(room: Element): boolean {
  const { width, height } = room.getBoundingClientRect();
  const isShown = room.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  return isShown && width > 0 && height > 0;
}
