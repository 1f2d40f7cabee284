import { ensureBrowser, type Wanted } from './browsers.ts';

const CHROMIUM: Wanted = {
  name: 'Chromium or Chrome',
  variable: 'CHROMIUM',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  places: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  package: 'chromium',
};

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

/** The path of a Chromium: `CHROMIUM`, else an installed one, else Debian's. */
export const ensureChromium = (): Promise<string> => ensureBrowser(CHROMIUM);
