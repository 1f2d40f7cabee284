import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import type { Setting } from './page.ts';

/**
 * Takes pictures of every state of the room, to be judged by eye: `node test/gallery/gallery.ts
 * [folder] [part of a name]`.
 */

interface Shot extends Setting {
  readonly width: number;
  readonly height: number;
}

const [folder = '/tmp/meeting-gallery', only = ''] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '..', '..');
const SIZES = [
  [1440, 900],
  [360, 640],
] as const;
/** States that are also shown at the ends of the range, mirrored, and in German. */
const WIDE_RANGE =
  /^(lobby-camera|call-[1259]|call-25|exit-removed|confirm|toast|lobby-(?:knock|here)|waiting|knocks-(?:3|7|camera-3)|exit-(?:left|forward)|leave-menu|people-menu|people-access|people-activity|files|files-uploads|settings-devices|recorded-call|recordings|settings-reset-full)$/;

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}/test/gallery/page.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    tsconfig: `${root}/tsconfig.json`,
    // The package's list of side effects names built files; here are sources.
    ignoreAnnotations: true,
  });
  return outputFiles[0]?.text ?? '';
}

function shots(scenes: readonly string[]): Map<string, Shot> {
  const list = new Map<string, Shot>();
  for (const scene of scenes) {
    const base = { scene, theme: 'dark', lang: 'en' } as const;
    for (const [width, height] of SIZES) {
      for (const theme of ['dark', 'light'] as const) {
        list.set(`${scene}-${width}-${theme}`, { ...base, theme, width, height });
      }
    }
    if (!WIDE_RANGE.test(scene)) continue;
    list.set(`${scene}-320`, { ...base, theme: 'light', width: 320, height: 480 });
    list.set(`${scene}-3840`, { ...base, theme: 'light', width: 3840, height: 2160 });
    list.set(`${scene}-rtl`, { ...base, theme: 'light', mirrored: true, width: 900, height: 600 });
    list.set(`${scene}-de`, { ...base, theme: 'light', lang: 'de', width: 900, height: 600 });
  }
  return list;
}

async function takeAll(browser: Browser): Promise<void> {
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  page.on('pageerror', (error) => console.error(error.stack));
  await page.setContent(
    '<!doctype html><html lang="en"><style>body{margin:0;height:100vh}</style><body></body></html>',
  );
  await page.addScriptTag({ content: await bundle() });
  const scenes = (await page.evaluate('scenes')) as string[];
  for (const [name, { width, height, ...setting }] of shots(scenes)) {
    if (!name.includes(only)) continue;
    await page.setViewportSize({ width, height });
    await page.evaluate(`show(${JSON.stringify(setting)})`);
    // Pictures start and animations end in their own time; a look is no test.
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: [...CHROMIUM_ARGS],
});
await takeAll(browser).finally(() => browser.close());
console.log(`The pictures are in ${folder}.`);
