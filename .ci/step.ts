import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** A failure whose message says enough: it needs no stack. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

const running = new Set<ReturnType<typeof spawn>>();

/** What a run may be told. */
interface RunOptions {
  env?: Record<string, string>;
  /** Ends the process when it takes longer, ms. */
  timeout?: number;
}

/** Runs `command` in the project's folder with its output on ours; resolves to its exit code. */
export function run(command: string, args: readonly string[], options: RunOptions = {}) {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...options.env },
      ...(options.timeout !== undefined && { timeout: options.timeout, killSignal: 'SIGTERM' }),
    });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Runs a program of node_modules by this Node; `bin` is the path of its script in there. */
export const tool = (bin: string, args: readonly string[], options?: RunOptions) =>
  run(process.execPath, [`${root}/node_modules/${bin}`, ...args], options);

/** Runs a program of node_modules that must succeed. */
export async function must(bin: string, args: readonly string[]): Promise<void> {
  const code = await tool(bin, args);
  if (code !== 0) throw new StepError(`${bin} ended with ${code}`);
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

/** Ends what runs when this process is told to end, then ends it with the signal's code. */
export function endWithChildren(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      const closing = [...running].map(
        (child) => new Promise((resolve) => child.once('close', resolve)),
      );
      for (const child of running) child.kill('SIGTERM');
      void Promise.all(closing).then(() => process.exit(code));
    });
  }
}
