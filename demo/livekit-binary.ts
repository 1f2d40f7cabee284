import { askVersion, ensureBuilt, findOnPath, type GoProgram } from './go-program.ts';

const VERSION = '1.13.5';
/** Older ones don't know the signalling path that the door serves. */
const OLDEST = [1, 13];

const LIVEKIT: GoProgram = {
  name: 'livekit-server',
  version: VERSION,
  module: 'github.com/livekit/livekit-server/cmd/server',
  binary: 'server',
  help: `livekit-server is needed, and was neither found nor could it be built. Install it in one line:
  Homebrew   brew install livekit
  Linux      curl -sSL https://get.livekit.io | bash
  any        a release archive of https://github.com/livekit/livekit/releases/tag/v${VERSION}, unpacked into a folder of PATH
or install Go (https://go.dev/dl) and start again, or name the program in LIVEKIT_SERVER.`,
  check: async (path) => (await versionOf(path)) === VERSION,
};

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
  return ensureBuilt(LIVEKIT, say);
}

async function versionOf(path: string): Promise<string | undefined> {
  return /livekit-server version (\S+)/.exec((await askVersion(path)) ?? '')?.[1];
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
