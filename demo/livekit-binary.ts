import { execFile, spawn } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const VERSION = '1.13.5';
const MODULE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
/** Older ones don't know the signalling path that the door serves. */
const OLDEST = [1, 13];
/** How often the build says that it goes on, ms. */
const PROGRESS_INTERVAL = 5_000;

const NOT_FOUND = `livekit-server is needed, and was neither found nor could it be built. Install it in one line:
  Homebrew   brew install livekit
  Linux      curl -sSL https://get.livekit.io | bash
  any        a release archive of https://github.com/livekit/livekit/releases/tag/v${VERSION}, unpacked into a folder of PATH
or install Go (https://go.dev/dl) and start again, or name the program in LIVEKIT_SERVER.`;

/**
 * The path of a livekit-server that runs: `LIVEKIT_SERVER`, else one on `PATH`, else our cached
 * copy, else one built by `go install` into the cache, which takes some minutes once.
 * @throws Error with the ways to install it, when there is none.
 */
export async function ensureLivekit(say: (line: string) => void = console.log): Promise<string> {
  const named = process.env['LIVEKIT_SERVER'];
  if (named) {
    if (await versionOf(named)) return named;
    throw new Error(`LIVEKIT_SERVER is ${named}, which is no livekit-server that runs here.`);
  }
  const onPath = await findOnPath('livekit-server');
  if (onPath) {
    const version = await versionOf(onPath);
    if (version && isRecent(version)) return onPath;
    say(
      `Passing over ${onPath} (${version ?? 'it does not run'}): ${OLDEST.join('.')} is the oldest that serves.`,
    );
  }
  const cached = join(cacheFolder(), `livekit-server-${VERSION}`);
  if (await versionOf(cached)) return cached;
  const go = await findOnPath('go');
  if (!go) throw new Error(NOT_FOUND);
  await build(go, cached, say);
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

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'livekit-meeting-room');
}

async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    return /livekit-server version (\S+)/.exec(stdout)?.[1];
  } catch {
    // Not there, not executable, or another program: all mean that we look further.
    return undefined;
  }
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** Builds in a folder of its own and renames at the end, so that two builds at once do no harm. */
async function build(go: string, target: string, say: (line: string) => void): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const folder = await mkdtemp(join(cacheFolder(), 'build-'));
  try {
    say(`Building livekit-server ${VERSION} with go install: some minutes, and only this once.`);
    await goInstall(go, folder, say);
    const built = join(folder, 'server');
    const version = await versionOf(built);
    if (version !== VERSION) {
      throw new Error(
        `go install made livekit-server ${version ?? 'that does not run'}.\n${NOT_FOUND}`,
      );
    }
    await rename(built, target);
    say(`livekit-server ${VERSION} is ready in ${target}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function goInstall(go: string, folder: string, say: (line: string) => void): Promise<void> {
  const child = spawn(go, ['install', '-v', MODULE], {
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
    if (code !== 0) throw new Error(`go install failed:\n${last.join('\n')}\n\n${NOT_FOUND}`);
  } finally {
    clearInterval(progress);
    process.off('exit', end);
  }
}
