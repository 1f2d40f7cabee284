import type { LocalParticipant } from 'livekit-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Publisher } from '../../../src/core/livekit/publisher.ts';
import { FakeTrack } from '../../fakes/fake-devices.ts';

/** What LiveKit has of this page's devices; every call is noted, and can be held back. */
class FakeLocal {
  readonly done: string[] = [];
  hold: Promise<void> | undefined;
  readonly #published = new Map<string, object>();

  getTrackPublication(source: string): object | undefined {
    return this.#published.get(source);
  }

  async publishTrack(track: FakeTrack, { source }: { source: string }): Promise<void> {
    this.done.push(`publish ${source}`);
    await this.hold;
    const note = (what: string) => async (): Promise<void> =>
      void this.done.push(`${what} ${source}`);
    const own = { mediaStreamTrack: track, source, mute: note('mute'), unmute: note('unmute') };
    this.#published.set(source, { track: own });
  }

  async unpublishTrack({ source }: { source: string }): Promise<void> {
    this.done.push(`unpublish ${source}`);
    this.#published.delete(source);
  }

  /** As the engine does when it leaves a room. */
  leave(): void {
    this.#published.clear();
  }
}

function setUp() {
  const local = new FakeLocal();
  // The publisher uses no more of a participant than the fake has.
  const publisher = new Publisher(local as unknown as LocalParticipant);
  const wish = (kind: 'camera' | 'microphone'): void => {
    const track = new FakeTrack(kind === 'camera' ? 'video' : 'audio', kind);
    publisher.wish(kind, { track: track as unknown as MediaStreamTrack, muted: false });
  };
  return { local, publisher, wish };
}

const tick = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('publishing', () => {
  it('waits for a connection, and is done for what it carries alone', async () => {
    const { local, publisher, wish } = setUp();
    wish('camera');
    wish('microphone');
    await tick(60_000);
    expect(local.done).toEqual([]);
    publisher.open(['camera']);
    await tick(60_000);
    expect(local.done).toEqual(['publish camera']);
  });

  it('is done again for the next connection, with all that it carries', async () => {
    const { local, publisher, wish } = setUp();
    wish('camera');
    wish('microphone');
    publisher.open(['camera']);
    await tick();
    publisher.open([]);
    local.leave();
    publisher.open(['camera', 'microphone']);
    await tick();
    expect(local.done).toEqual(['publish camera', 'publish camera', 'publish microphone']);
  });

  it('is done again at once when the connection changed while it was at it', async () => {
    const { local, publisher, wish } = setUp();
    wish('camera');
    let fail = (_error: Error): void => {};
    local.hold = new Promise((_, reject) => (fail = reject));
    publisher.open(['camera']);
    await tick();
    publisher.open([]);
    local.leave();
    publisher.open(['camera']);
    local.hold = undefined;
    fail(new Error('The room was left.'));
    await tick();
    expect(local.done).toEqual(['publish camera', 'publish camera']);
  });

  it('is tried again, but not in a hurry, when it fails', async () => {
    const { local, publisher, wish } = setUp();
    wish('camera');
    local.hold = Promise.reject(new Error('No.'));
    publisher.open(['camera']);
    await tick();
    local.hold = undefined;
    await tick(1_000);
    expect(local.done).toHaveLength(1);
    await tick(1_500);
    expect(local.done).toHaveLength(2);
  });
});
