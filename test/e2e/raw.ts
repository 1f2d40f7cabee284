import type { BrowserContext, Page } from 'playwright-core';

/** How a plain livekit-client fared at the door. */
export interface RawTry {
  connected: boolean;
  /** ms from `connect()` to its end. */
  took: number;
  error?: string;
}

/**
 * A page with nothing but livekit-client: what somebody would write who has a token and doesn't want
 * to be told by our page that they are out.
 */
export class RawPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, origin: string): Promise<RawPage> {
    const page = await context.newPage();
    await page.goto(`${origin}/raw`);
    return new RawPage(page);
  }

  /** Connects a new Room and publishes a camera in it if `camera`. */
  connect(door: string, token: string, camera = false): Promise<RawTry> {
    return this.page.evaluate(
      async ([url, secret, publish]) => {
        interface RawRoom {
          connect(url: string, token: string, options: object): Promise<void>;
          disconnect(): Promise<void>;
          localParticipant: { setCameraEnabled(on: boolean): Promise<void> };
        }
        const scope = globalThis as unknown as {
          LivekitClient: { Room: new () => RawRoom };
          room: RawRoom | undefined;
        };
        await scope.room?.disconnect();
        scope.room = new scope.LivekitClient.Room();
        const start = performance.now();
        try {
          await scope.room.connect(url, secret, { maxRetries: 0, peerConnectionTimeout: 5_000 });
          if (publish) await scope.room.localParticipant.setCameraEnabled(true);
          return { connected: true, took: performance.now() - start };
        } catch (error) {
          return { connected: false, took: performance.now() - start, error: String(error) };
        }
      },
      [door, token, camera] as const,
    );
  }

  /** `connected`, `reconnecting`, `disconnected`, …, as livekit-client says. */
  state(): Promise<string> {
    return this.page.evaluate('room.state');
  }

  /** Frames decoded and bytes of media received by the Room of the last `connect()`. */
  received(): Promise<{ frames: number; bytes: number }> {
    return this.page.evaluate(`(async () => {
      const sum = { frames: 0, bytes: 0 };
      for (const participant of room.remoteParticipants.values()) {
        for (const publication of participant.trackPublications.values()) {
          for (const report of (await publication.track?.getRTCStatsReport())?.values() ?? []) {
            if (report.type !== 'inbound-rtp') continue;
            sum.frames += report.framesDecoded ?? 0;
            sum.bytes += report.bytesReceived ?? 0;
          }
        }
      }
      return sum;
    })()`);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
