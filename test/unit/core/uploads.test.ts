import { afterEach, describe, expect, it, vi } from 'vitest';
import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import { Upload } from '../../../src/core/files/upload.ts';
import type { UploadLine } from '../../../src/core/files/upload-line.ts';
import type { Page } from '../../../src/core/page.ts';

const PIECE = 8 * 1_024 * 1_024;

/** A server that keeps what it is sent, and breaks when it is told to. */
class FakeLine implements UploadLine {
  readonly kept = new Map<string, Uint8Array[]>();
  readonly calls: string[] = [];
  /** What the next calls of a name reject with. */
  readonly failures: [name: string, error: Error][] = [];
  #count = 0;

  async create(name: string, size: number): Promise<string> {
    await this.#call('create', `${name} ${size}`);
    const url = `https://example.test/uploads/f_${++this.#count}`;
    this.kept.set(url, []);
    return url;
  }

  async offset(url: string): Promise<number> {
    await this.#call('offset');
    return this.#size(url);
  }

  async send(url: string, offset: number, bytes: Blob, progress: (sent: number) => void) {
    if (offset !== this.#size(url)) throw new MeetingError('upload-elsewhere', '');
    await this.#call('send', String(bytes.size));
    progress(offset + bytes.size);
    this.kept.get(url)?.push(new Uint8Array(await bytes.arrayBuffer()));
    return this.#size(url);
  }

  async drop(): Promise<void> {
    await this.#call('drop');
  }

  #size(url: string): number {
    const kept = this.kept.get(url);
    if (!kept) throw new MeetingError('file-not-found', '');
    return kept.reduce((sum, { length }) => sum + length, 0);
  }

  async #call(name: string, what = ''): Promise<void> {
    this.calls.push(what ? `${name} ${what}` : name);
    const index = this.failures.findIndex(([of]) => of === name);
    const [failure] = index >= 0 ? this.failures.splice(index, 1) : [];
    if (failure) throw failure[1];
  }
}

function start(file: File, line = new FakeLine()) {
  const wakes = new Set<() => void>();
  const page: Page = {
    onWake: (wake, signal) => {
      wakes.add(wake);
      signal.addEventListener('abort', () => wakes.delete(wake));
    },
    isOnline: () => true,
    random: () => 0.5,
  };
  const phases: string[] = [];
  const previews: string[] = [];
  const upload: Upload = new Upload('u1', file, {
    page,
    line: () => line,
    preview: async (id) => void previews.push(id),
    changed: () => {
      const { phase } = upload.state;
      if (phases.at(-1) !== phase) phases.push(phase);
    },
  });
  const wake = (): void => wakes.forEach((each) => each());
  return { upload, line, phases, previews, wake };
}

const file = (size: number): File => new File([new Uint8Array(size).fill(7)], 'a.bin');

afterEach(() => vi.useRealTimers());

describe('An upload', () => {
  it('goes piece by piece, after its picture', async () => {
    const { upload, line, phases, previews } = start(file(PIECE + 5));
    expect(await upload.run()).toBe(true);
    expect(line.calls).toEqual([`create a.bin ${PIECE + 5}`, `send ${PIECE}`, 'send 5']);
    expect(previews).toEqual(['f_1']);
    expect(phases).toEqual(['sending']);
    expect(upload.state).toMatchObject({ sent: PIECE + 5, size: PIECE + 5 });
  });

  it('without a byte needs none sent', async () => {
    const { upload, line } = start(file(0));
    expect(await upload.run()).toBe(true);
    expect(line.calls).toEqual(['create a.bin 0']);
  });

  it('goes on where the server has it after a line broke', async () => {
    vi.useFakeTimers();
    const line = new FakeLine();
    const { upload, phases } = start(file(100), line);
    line.failures.push(['create', new MeetingError('server-unreachable', '')]);
    const done = upload.run();
    await vi.advanceTimersByTimeAsync(0);
    expect(phases.at(-1)).toBe('paused');
    line.failures.push(['send', new MeetingError('server-unreachable', '')]);
    await vi.advanceTimersByTimeAsync(2_000);
    line.kept.get('https://example.test/uploads/f_1')?.push(new Uint8Array(60).fill(7));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await done).toBe(true);
    expect(line.calls.slice(-2)).toEqual(['offset', 'send 40']);
  });

  it('tries again at once when the page wakes', async () => {
    vi.useFakeTimers();
    const { upload, line, wake, phases } = start(file(10));
    line.failures.push(['create', new MeetingError('server-unreachable', '')]);
    const done = upload.run();
    await vi.advanceTimersByTimeAsync(0);
    expect(phases.at(-1)).toBe('paused');
    wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(await done).toBe(true);
  });

  it('asks once more when the last answer was lost, and sends nothing twice', async () => {
    vi.useFakeTimers();
    const line = new FakeLine();
    const { upload } = start(file(10), line);
    const send = line.send.bind(line);
    let isFirst = true;
    line.send = async (...args) => {
      const sent = await send(...args);
      if (isFirst) {
        isFirst = false;
        throw new MeetingError('server-unreachable', '');
      }
      return sent;
    };
    const done = upload.run();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await done).toBe(true);
    expect(line.calls).toEqual(['create a.bin 10', 'send 10', 'offset', 'send 0']);
  });

  it('begins anew when the server has given it up', async () => {
    vi.useFakeTimers();
    const { upload, line } = start(file(10));
    line.failures.push(['send', new MeetingError('server-unreachable', '')]);
    const done = upload.run();
    await vi.advanceTimersByTimeAsync(0);
    line.kept.clear();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await done).toBe(true);
    expect(line.calls.filter((call) => call.startsWith('create'))).toHaveLength(2);
  });

  it.each(['file-too-large', 'files-full', 'not-host', 'admission-over'] as const)(
    'that is refused with %s says so, and can be tried again',
    async (code) => {
      const { upload, line } = start(file(10));
      line.failures.push(['create', new MeetingError(code, '')]);
      expect(await upload.run()).toBe(false);
      expect(upload.state).toMatchObject({ phase: 'failed', error: { code } });
      upload.renew();
      expect(upload.state.phase).toBe('waiting');
      expect(await upload.run()).toBe(true);
    },
  );

  it('of what can not be read, a folder say, fails at once', async () => {
    const folder = file(10);
    folder.slice = () => {
      throw new DOMException('', 'NotReadableError');
    };
    const { upload, line } = start(folder);
    expect(await upload.run()).toBe(false);
    expect(upload.state.error?.code).toBe('file-unreadable');
    expect(line.calls).toEqual([]);
  });

  it('that is cancelled ends, and the server forgets it', async () => {
    const { upload, line } = start(file(10));
    const send = line.send.bind(line);
    line.send = async (...args) => {
      await upload.cancel({ drop: true });
      await send(...args);
      throw new Error('aborted');
    };
    expect(await upload.run()).toBe(false);
    expect(line.calls).toContain('drop');
  });
});
