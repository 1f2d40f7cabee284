import { describe, expect, it, vi } from 'vitest';
import type { UploadLine } from '../../../src/core/files/upload-line.ts';
import { LiveUpload } from '../../../src/core/recording/live-upload.ts';
import { type ErrorCode, MeetingError } from '../../../src/protocol/meeting-error.ts';
import { FakePage } from '../../fakes/core-fakes.ts';

/** A shelf that fills, and a server that takes what comes at its end. */
class World {
  readonly page = new FakePage();
  readonly shelf: string[] = [];
  server = '';
  creations = 0;
  length: number | undefined;
  dropped = 0;
  /** Thrown by the next sending, which took so many bytes all the same. */
  breaks: { code: ErrorCode; took: number }[] = [];
  /** What the shelf has to say before it is read. */
  reading: (() => void) | undefined;
  readonly upload = new LiveUpload('r_1', 'acme.mp4', {
    page: this.page,
    line: () => this.#line,
    changed: () => undefined,
    shelf: {
      chunks: async (_, from) => {
        const chunks = this.shelf.slice(from, from + 2).map((text) => new Blob([text]));
        this.reading?.();
        return chunks;
      },
    },
  });

  keep(...chunks: string[]): void {
    this.shelf.push(...chunks);
    this.upload.hear();
  }

  readonly #line: UploadLine = {
    create: async (_, size) => {
      expect(size).toBeUndefined();
      this.creations += 1;
      return 'https://example.com/uploads/r_1';
    },
    offset: async () => this.server.length,
    send: async (_url, offset, bytes, _progress, _signal, length) => {
      if (offset !== this.server.length) throw new MeetingError('upload-elsewhere', '');
      const text = await bytes.text();
      const broken = this.breaks.shift();
      this.server += text.slice(0, broken?.took);
      if (broken) throw new MeetingError(broken.code, '');
      this.length = length;
      return this.server.length;
    },
    drop: async () => void (this.dropped += 1),
  };
}

describe('A recording that is uploaded as it is made', () => {
  it('sends what there is, waits for more, and says its length at the end', async () => {
    const world = new World();
    const done = world.upload.run();
    world.keep('ab', 'cd', 'ef');
    await vi.waitFor(() => expect(world.server).toBe('abcdef'));
    expect(world.upload.state).toMatchObject({ phase: 'sending', sent: 6, size: 6 });
    expect(world.length).toBeUndefined();
    world.keep('gh');
    await vi.waitFor(() => expect(world.server).toBe('abcdefgh'));
    world.upload.finish();
    expect(await done).toBe(true);
    expect(world.length).toBe(8);
    expect(world.creations).toBe(1);
  });

  it('misses nothing of what is kept while it looks, though it is the last', async () => {
    const world = new World();
    world.reading = () => {
      if (world.shelf.length > 0) return;
      world.keep('late');
      world.upload.finish();
    };
    expect(await world.upload.run()).toBe(true);
    expect(world.server).toBe('late');
    expect(world.length).toBe(4);
  });

  it('goes on where the server is, after a line broke', async () => {
    const world = new World();
    world.breaks = [
      { code: 'server-unreachable', took: 3 },
      { code: 'upload-elsewhere', took: 0 },
    ];
    const done = world.upload.run();
    world.keep('abcd', 'ef');
    world.upload.finish();
    await vi.waitFor(() => expect(world.upload.state.phase).toBe('paused'));
    expect(world.server).toBe('abc');
    await vi.waitFor(() => {
      world.page.wake();
      expect(world.length).toBe(6);
    });
    expect(await done).toBe(true);
    expect(world.server).toBe('abcdef');
  });

  it('begins at the beginning where a server that died has less than it had said', async () => {
    const world = new World();
    const done = world.upload.run();
    world.keep('ab', 'cd', 'ef');
    await vi.waitFor(() => expect(world.server).toBe('abcdef'));
    world.server = 'a';
    world.keep('gh');
    await vi.waitFor(() => {
      world.page.wake();
      expect(world.server).toBe('abcdefgh');
    });
    world.upload.finish();
    expect(await done).toBe(true);
  });

  it.each(['recordings-full', 'not-host', 'recording-not-found'] as const)(
    'ends by %s, and says why',
    async (code) => {
      const world = new World();
      world.breaks = [{ code, took: 0 }];
      world.keep('ab');
      expect(await world.upload.run()).toBe(false);
      expect(world.upload.state).toMatchObject({ phase: 'failed', error: { code } });
    },
  );

  it('is given up, at the server too, or only left', async () => {
    for (const drop of [true, false]) {
      const world = new World();
      const done = world.upload.run();
      world.keep('ab');
      await vi.waitFor(() => expect(world.server).toBe('ab'));
      await world.upload.cancel({ drop });
      expect(await done).toBe(false);
      expect(world.dropped).toBe(drop ? 1 : 0);
    }
  });
});
