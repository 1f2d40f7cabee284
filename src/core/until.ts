import { effect } from '@preact/signals-core';

/** Resolves when `isTrue`, which reads signals, says so, or when `signal` aborts. */
export function until(isTrue: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    let stop = (): void => {};
    const end = (): void => {
      signal.removeEventListener('abort', end);
      resolve();
      // An effect can't end itself in its first run: its end is not known yet.
      queueMicrotask(() => stop());
    };
    signal.addEventListener('abort', end);
    stop = effect(() => {
      if (isTrue()) end();
    });
  });
}
