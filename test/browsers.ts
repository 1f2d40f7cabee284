import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { findOnPath } from '../demo/go-program.ts';

/** A browser that the tests run in, and where to get it. */
export interface Wanted {
  /** As people call it. */
  name: string;
  /** The environment variable that names the program. */
  variable: string;
  /** Its programs on `PATH`. */
  programs: readonly string[];
  /** Where it lies when it is not on `PATH`. */
  places: readonly string[];
  /** Debian's package. */
  package: string;
}

/**
 * The path of a browser: the one that the environment names, else an installed one, else Debian's
 * package, when we may install it.
 * @throws Error with one sentence that says what to do, when there is none.
 */
export async function ensureBrowser(
  wanted: Wanted,
  say: (line: string) => void = console.log,
): Promise<string> {
  const { name, variable } = wanted;
  const named = process.env[variable];
  if (named) {
    if (await isProgram(named)) return named;
    throw new Error(`${variable} is ${named}, which is no program that can be started.`);
  }
  const found = await findInstalled(wanted);
  if (found) return found;
  const apt = await findOnPath('apt-get');
  if (apt && process.getuid?.() === 0) {
    say(`Installing ${name} from the package "${wanted.package}", which takes a minute or two.`);
    await runVisibly(apt, ['update', '-q']);
    await runVisibly(apt, ['install', '-y', '-q', '--no-install-recommends', wanted.package]);
    const installed = await findInstalled(wanted);
    if (installed) return installed;
  }
  throw new Error(`The tests need ${name}: install it, or name the program in ${variable}.`);
}

async function findInstalled({ programs, places }: Wanted): Promise<string | undefined> {
  for (const name of programs) {
    const path = await findOnPath(name);
    if (path) return path;
  }
  for (const path of places) {
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function runVisibly(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed with code ${code}.`);
}
