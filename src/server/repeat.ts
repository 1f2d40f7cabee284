/**
 * Runs `task` every `interval` ms, never twice at once, until `signal` aborts. What a run throws
 * goes to `failed`, and the next run comes as if nothing had been. A run that the end cuts off, by
 * closing the database under it, has not failed: another process does it, or the next start.
 *
 * @returns a function that runs it now, or right after the run that is on.
 */
export function repeat(
  interval: number,
  task: () => Promise<void>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (signal.aborted) return;
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    isWanted = false;
    try {
      await task();
    } catch (error) {
      if (!signal.aborted) failed(error);
    }
    isRunning = false;
    if (signal.aborted) return;
    timer = setTimeout(() => void run(), isWanted ? 0 : interval);
    timer.unref();
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  void run();
  return () => void run();
}
