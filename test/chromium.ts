import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { findOnPath } from '../demo/livekit-binary.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What the tests' Chromium is started with: headless, on made-up devices, without its own traffic. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that is not in front must still play: several people share one browser.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * The path of a Chromium: `CHROMIUM`, else an installed one, else Debian's package, when we may
 * install it.
 * @throws Error with one sentence that says what to do, when there is none.
 */
export async function ensureChromium(say: (line: string) => void = console.log): Promise<string> {
  const named = process.env['CHROMIUM'];
  if (named) {
    if (await isProgram(named)) return named;
    throw new Error(`CHROMIUM is ${named}, which is no program that can be started.`);
  }
  const found = await findInstalled();
  if (found) return found;
  const apt = await findOnPath('apt-get');
  if (apt && process.getuid?.() === 0) {
    say('Installing Chromium from the package "chromium", which takes a minute or two.');
    await runVisibly(apt, ['update', '-q']);
    await runVisibly(apt, ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
    const installed = await findInstalled();
    if (installed) return installed;
  }
  throw new Error(
    'The tests need a Chromium or Chrome: install one, or name the program in CHROMIUM.',
  );
}

async function findInstalled(): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = await findOnPath(name);
    if (path) return path;
  }
  for (const path of PLACES) {
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
