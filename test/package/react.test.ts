import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import { pack, ROOT, type Packed } from './packed.ts';

const execute = promisify(execFile);

/** A page of somebody's, in TypeScript: what is right and, marked so, what is not. */
const APP = `
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { MeetingRoom } from 'livekit-meeting-room';
import 'livekit-meeting-room/react';

export function App() {
  const room = useRef<MeetingRoom>(null);
  const [left, setLeft] = useState('');
  return (
    <StrictMode>
      <meeting-room
        ref={room}
        class="mine"
        server="https://example.com/meeting"
        room="acme"
        layout="speaker"
        withoutChat
        entryToken={async () => 'token'}
        onmeeting-left={({ reason }) => setLeft(reason)}
        onparticipant-remove-request={(event) => event.preventDefault()}
      />
      <leave-menu meeting={room.current} onClick={() => undefined} />
      <p>{left}</p>
    </StrictMode>
  );
}

// @ts-expect-error -- no such layout
export const layout = <meeting-room layout="circle" />;
// @ts-expect-error -- a room's name is text
export const name = <meeting-room room={7} />;
// @ts-expect-error -- methods are not for JSX
export const method = <meeting-room leave={() => undefined} />;
// @ts-expect-error -- no such field
export const field = <meeting-room onmeeting-left={({ why }) => console.log(why)} />;
export const rendered = <meeting-room without-chat invite-url="https://example.com" />;

createRoot(document.body.appendChild(document.createElement('main'))).render(<App />);
`;

let packed: Packed;
beforeAll(async () => {
  packed = await pack();
  const modules = (name: string): Promise<void> =>
    symlink(join(ROOT, 'node_modules', name), join(packed.project, 'node_modules', name));
  await Promise.all(['react', 'react-dom', 'scheduler', 'csstype', '@types'].map(modules));
  await writeFile(join(packed.project, 'app.tsx'), APP);
});
afterAll(() => packed.remove());

describe('livekit-meeting-room/react', () => {
  it('tells TypeScript what the elements take', async () => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options =
      '--noEmit --strict --jsx react-jsx --module nodenext --target es2022 --types react';
    const answer = execute(process.execPath, [tsc, ...options.split(' '), 'app.tsx'], {
      cwd: packed.project,
    });
    const said = await answer.catch((error: { stdout: string }) => error);
    expect(said.stdout).toBe('');
  });

  it('has React set properties and listen to events', async () => {
    const { outputFiles } = await build({
      absWorkingDir: packed.project,
      entryPoints: ['app.tsx'],
      bundle: true,
      splitting: true,
      format: 'esm',
      jsx: 'automatic',
      outdir: 'out',
      write: false,
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
    });
    const scripts = new Map(
      outputFiles.map(({ path, text }) => [path.slice(join(packed.project, 'out').length), text]),
    );
    const executablePath = await ensureChromium();
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
    try {
      const page = await browser.newPage();
      await page.route('**/*', (route) => {
        const { pathname } = new URL(route.request().url());
        const script = scripts.get(pathname);
        if (script !== undefined) {
          return route.fulfill({ contentType: 'text/javascript', body: script });
        }
        if (pathname !== '/') return route.fulfill({ status: 503 });
        const html = '<!doctype html><body><script type="module" src="/app.js"></script>';
        return route.fulfill({ contentType: 'text/html', body: html });
      });
      await page.goto('http://localhost/');
      await page.getByRole('textbox', { name: 'Your name' }).waitFor();
      const seen = await page.evaluate(`(() => {
        const room = document.querySelector('meeting-room.mine');
        const left = Object.assign(new Event('meeting-left'), { reason: 'removed' });
        room.dispatchEvent(left);
        const asked = new Event('participant-remove-request', { cancelable: true });
        room.dispatchEvent(asked);
        return [room.layout, room.withoutChat, typeof room.entryToken, asked.defaultPrevented];
      })()`);
      expect(seen).toEqual(['speaker', true, 'function', true]);
      await page.getByText('removed', { exact: true }).waitFor();
    } finally {
      await browser.close();
    }
  });
});
