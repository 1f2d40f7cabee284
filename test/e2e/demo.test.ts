import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, ensureChromium } from '../chromium.ts';
import { eventually } from './eventually.ts';
import { Person } from './person.ts';

const root = resolve(import.meta.dirname, '..', '..');

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meeting-demo-'));
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS],
  });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

class Demo {
  readonly links: Record<string, string> = {};
  readonly process: ChildProcess;
  #ended = false;

  private constructor(child: ChildProcess) {
    this.process = child;
    child.once('exit', () => (this.#ended = true));
  }

  /** Starts the demo as `npm run demo` does after the build, and waits for `Ready`. */
  static async start(): Promise<Demo> {
    const child = spawn(process.execPath, ['demo/start.ts'], {
      cwd: root,
      env: { ...process.env, PORT: '0', DEMO_DATA: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const demo = new Demo(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'Ready') return demo;
      const [, name, url] = /^(Host|Member|Guest): (\S+)$/.exec(line) ?? [];
      if (name && url) demo.links[name] = url;
    }
    throw new Error('The demo ended before it was ready');
  }

  link(name: string, room: string): string {
    return `${this.links[name]}?room=${room}`;
  }

  /** The processes that the demo has started and that still run. */
  async children(): Promise<number[]> {
    const found: number[] = [];
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
      const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
      if (Number(parent) === this.process.pid) found.push(Number(entry));
    }
    return found;
  }

  /** @returns the exit code. */
  async end(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> {
    if (this.#ended) return this.process.exitCode;
    const exited = once(this.process, 'exit');
    this.process.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }
}

async function opens(name: string, url: string): Promise<Person> {
  const context = await browser.newContext({
    permissions: ['camera', 'microphone'],
    viewport: { width: 1100, height: 700 },
  });
  const person = await Person.open(context, { name, url });
  // The portal's script listens for itself; tests want to know too.
  await person.page.evaluate(`
    window.heard = [];
    for (const type of ['meeting-joined', 'meeting-left', 'participant-left', 'room-unlocked'])
      document.querySelector('meeting-room').addEventListener(type, (event) => heard.push({ type, reason: event.reason }));
  `);
  return person;
}

describe('npm run demo', () => {
  it('prints its links, then Ready; people meet; SIGTERM ends all; a second start finds the state', async () => {
    let demo = await Demo.start();
    const complaints: string[] = [];
    try {
      expect(Object.keys(demo.links)).toEqual(['Host', 'Member', 'Guest']);
      const host = await opens('Hanna', demo.link('Host', 'tower'));
      host.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await host.join();
      const member = await (await opens('Mara', demo.link('Member', 'tower'))).join();
      await host.seesMoving('Mara');
      await member.seesMoving('Hanna');

      const stranger = await opens('Gil', demo.link('Guest', 'tower'));
      await stranger.knock('Is it today?');
      await host.card('Gil').getByText('Is it today?').waitFor();
      await host.page.getByRole('button', { name: 'Unlock room' }).click();
      await stranger.seesMoving('Hanna');
      await stranger.leave();
      await host.page.getByRole('button', { name: 'Lock room' }).waitFor();
      await host.page.getByRole('button', { name: /^Events/ }).click();
      await host.page.getByRole('complementary').getByText('room-unlocked').waitFor();
      await host.page.getByRole('complementary').getByText('knock-admitted').waitFor();
      expect(complaints, 'the page keeps to its own CSP').toEqual([]);

      const children = await demo.children();
      expect(children.length, 'LiveKit runs').toBeGreaterThan(0);
      expect(await demo.end('SIGTERM')).toBe(0);
      await eventually('nothing of it runs', async () => {
        const running = await Promise.all(
          children.map((pid) =>
            readFile(`/proc/${pid}/stat`).then(
              () => true,
              () => false,
            ),
          ),
        );
        return !running.includes(true);
      });

      demo = await Demo.start();
      const guest = await (await opens('Gil', demo.link('Guest', 'tower'))).join();
      expect(guest.entered.room, 'still unlocked').toEqual({
        name: 'tower',
        locked: false,
        presenterMode: false,
      });
      expect(await demo.end('SIGINT')).toBe(0);
    } finally {
      await demo.end('SIGTERM');
    }
  });
});
