import { launch, type Browser } from 'puppeteer-core';
import { ensureBrowser, type Wanted } from './browsers.ts';

const FIREFOX: Wanted = {
  name: 'Firefox',
  variable: 'FIREFOX',
  programs: ['firefox-esr', 'firefox'],
  places: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/snap/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ],
  package: 'firefox-esr',
};

/** Made-up devices without a question, connections over loopback, a mouse. */
const PREFERENCES: Readonly<Record<string, boolean | number | string>> = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.autoplay.default': 0,
  // Without a screen Firefox believes that there is no mouse: fine (2), and can hover (4).
  'ui.primaryPointerCapabilities': 6,
  'ui.allPointerCapabilities': 6,
};

/** The path of a Firefox: `FIREFOX`, else an installed one, else Debian's. */
export const ensureFirefox = (): Promise<string> => ensureBrowser(FIREFOX);

/** Starts it headless with a fresh profile, driven by WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: await ensureFirefox(),
    headless: true,
    extraPrefsFirefox: { ...PREFERENCES },
    defaultViewport: { width: 960, height: 640 },
  });
}
