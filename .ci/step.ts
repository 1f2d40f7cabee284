import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** A failure whose message says enough: it needs no stack. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/** What a child gets to end by itself after it was told to, ms. */
const GRACE = 10_000;

/** Children that run. Each leads a process group, so that what it started ends with it. */
const running = new Set<ChildProcess>();

/** What a run may be told. */
interface RunOptions {
  env?: Record<string, string>;
  /** Ends the child when it takes longer, ms. */
  timeout?: number;
}

/**
 * Runs a script by this Node in the project's folder, with its output on ours.
 * @param script - Its path from the project's folder.
 * @returns its exit code; 1 when a signal ended it.
 */
export async function run(
  script: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  running.add(child);
  const timer =
    options.timeout === undefined
      ? undefined
      : setTimeout(() => {
          console.error(`  ${script} takes too long: ended.`);
          void end(child);
        }, options.timeout);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 1;
  } finally {
    clearTimeout(timer);
    running.delete(child);
    signalGroup(child, 'SIGKILL');
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: nobody of the group is left, which is what we want.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
  await closed;
  clearTimeout(timer);
}

/** Runs a script that must succeed. */
export async function must(script: string, args: readonly string[] = []): Promise<void> {
  const code = await run(script, args);
  if (code !== 0) throw new StepError(`${script} ended with ${code}`);
}

/**
 * Does one step of a script and prints its name, result and time.
 * @returns whether it went well. A step fails by throwing.
 */
export async function step(name: string, work: () => Promise<unknown>): Promise<boolean> {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  try {
    await work();
    console.log(`✓ ${name} (${seconds()})`);
    return true;
  } catch (error) {
    console.error(error instanceof StepError ? `  ${error.message}` : error);
    console.log(`✗ ${name} (${seconds()})`);
    return false;
  }
}

/** On Ctrl-C or SIGTERM, ends what runs and then this process. */
export function endWithChildren(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      void Promise.allSettled([...running].map(end)).then(() => process.exit(code));
    });
  }
}
