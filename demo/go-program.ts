import { execFile, spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** A program that `go install` makes when it is nowhere else. */
export interface GoProgram {
  readonly name: string;
  readonly version: string;
  /** What `go install` takes, without the version. */
  readonly module: string;
  /** What it is called that `go install` makes. */
  readonly binary: string;
  /** What to do where it can be neither found nor built. */
  readonly help: string;
  /** Whether the program at this path is the one, and runs. */
  check(path: string): Promise<boolean>;
}

/** How often the build says that it goes on, ms. */
const PROGRESS_INTERVAL = 5_000;

/**
 * Our cached copy, or one that is built into the cache, which takes some minutes once.
 * @throws Error with the program's `help` when it can't be built.
 */
export async function ensureBuilt(
  program: GoProgram,
  say: (line: string) => void,
): Promise<string> {
  const cached = join(cacheFolder(), `${program.name}-${program.version}`);
  if (await program.check(cached)) return cached;
  const go = await findOnPath('go');
  if (!go) throw new Error(program.help);
  await build(go, program, cached, say);
  return cached;
}

/** The program of that name in a folder of `PATH`. */
export async function findOnPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder && runs) return path;
  }
  return undefined;
}

/** What a program says of its version; undefined when it does not run. */
export async function askVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return stdout;
  } catch {
    // Not there, not executable, or another program: all mean that we look further.
    return undefined;
  }
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'livekit-meeting-room');
}

/** Builds in a folder of its own and renames at the end, so that two builds at once do no harm. */
async function build(
  go: string,
  program: GoProgram,
  target: string,
  say: (line: string) => void,
): Promise<void> {
  const { name, version, binary, help } = program;
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(join(cacheFolder(), 'build-'));
  try {
    say(`Building ${name} ${version} with go install: some minutes, and only this once.`);
    await goInstall(go, program, folder, say);
    const built = join(folder, binary);
    if (!(await program.check(built))) {
      throw new Error(
        `go install made a ${name} that is not ${version}, or does not run.\n${help}`,
      );
    }
    await rename(built, target);
    say(`${name} ${version} is ready in ${target}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function goInstall(
  go: string,
  { module, version, help }: GoProgram,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const child = spawn(go, ['install', '-v', `${module}@v${version}`], {
    // A GOOS or GOFLAGS for other work must not change what is built here.
    env: { ...process.env, GOBIN: folder, GOFLAGS: '', GOOS: '', GOARCH: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const started = Date.now();
  const last: string[] = [];
  let downloaded = 0;
  let compiled = 0;
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1_000);
    say(`  ${downloaded} modules fetched, ${compiled} packages compiled, ${seconds} s`);
  }, PROGRESS_INTERVAL);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.startsWith('go: downloading')) downloaded += 1;
      else compiled += 1;
      last.push(line);
      if (last.length > 5) last.shift();
    }
    const code = await exited;
    if (code !== 0) throw new Error(`go install failed:\n${last.join('\n')}\n\n${help}`);
  } finally {
    clearInterval(progress);
    process.off('exit', end);
  }
}
