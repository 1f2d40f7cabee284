/** What the room needs of the page around it: signs of life, time and chance. Tests bring their own. */
export interface Page {
  /** Calls `wake` when the network is back or the page is looked at again, until `signal` aborts. */
  onWake(wake: () => void, signal: AbortSignal): void;
  /** False only when the browser is sure to have no network. */
  isOnline(): boolean;
  /** 0 ≤ x < 1. */
  random(): number;
}

/** The real page. Harmless where there is no window. */
export const browserPage: Page = {
  onWake(wake, signal) {
    globalThis.window?.addEventListener('online', wake, { signal });
    globalThis.window?.addEventListener(
      'pageshow',
      (event) => {
        if (event.persisted) wake();
      },
      { signal },
    );
    globalThis.document?.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') wake();
      },
      { signal },
    );
  },
  isOnline: () => globalThis.navigator?.onLine !== false,
  random: () => Math.random(),
};

/** A wait that can be cut short. Never rejects. */
export class Pause {
  #end: (() => void) | undefined;

  /** Resolves after `ms`, on `wake()`, or when `signal` aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#end = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end, { once: true });
      this.#end = end;
    });
  }

  wake(): void {
    this.#end?.();
  }
}
