import { setTimeout as delay } from 'node:timers/promises';

/** How long a condition may take before a test gives it up, ms, on a busy machine. */
const PATIENCE = 20_000;

/** Asks again until `ask` gives something truthy, and resolves to that. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T> | T,
  patience = PATIENCE,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`Not within ${patience} ms: ${what}`);
    await delay(50);
  }
}

/** Fails as soon as `ask` says otherwise within `duration` ms: for what must go on being true. */
export async function throughout(
  what: string,
  duration: number,
  ask: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = performance.now() + duration;
  while (performance.now() < deadline) {
    if (!(await ask())) throw new Error(`No longer true: ${what}`);
    await delay(100);
  }
}

/** `n=20 p50=31 p95=80 max=92 ms`, for the test's output. */
export function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(
      0,
    );
  return `n=${sorted.length} p50=${at(0.5)} p95=${at(0.95)} max=${at(1)} ms`;
}
