import { effect, type ReadonlySignal } from '@preact/signals-core';
import type { ConnectionState } from './state.ts';

/** Resolves when the page is no longer on its way in, or `signal` aborts. */
export function settled(
  state: ReadonlySignal<ConnectionState>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (state.value.phase === 'joining') return;
      resolve();
      // An effect can't end itself in its first run: its end is not known yet.
      queueMicrotask(() => stop());
    });
    const end = (): void => {
      stop();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
