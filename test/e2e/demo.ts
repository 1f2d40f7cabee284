import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '..', '..');

/** The demo, in a process of its own. */
export class Demo {
  readonly links: Record<string, string> = {};
  readonly process: ChildProcess;
  #ended = false;

  private constructor(child: ChildProcess) {
    this.process = child;
    child.once('exit', () => (this.#ended = true));
  }

  /** Starts it as `npm run demo` does after the build, on what `folder` keeps; waits for `Ready`. */
  static async start(folder: string): Promise<Demo> {
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
