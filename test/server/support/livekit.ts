import { createHash } from 'node:crypto';
import { type JWTPayload, decodeJwt } from 'jose';
import { type Livekit, startLivekit } from '../../../demo/livekit.ts';
import { systemClock } from '../../../src/server/clock.ts';
import { LiveKitSfu } from '../../../src/server/sfu.ts';
import { TestServer, type TestServerOptions } from './server.ts';
import { sign } from './tokens.ts';

/** A LiveKit of this test file, and a meeting server before it. */
export class House {
  readonly livekit: Livekit;
  readonly server: TestServer;
  /** LiveKit's API, for looking behind the door. */
  readonly sfu: LiveKitSfu;
  readonly #others: TestServer[] = [];

  private constructor(livekit: Livekit, server: TestServer) {
    this.livekit = livekit;
    this.server = server;
    this.sfu = new LiveKitSfu(livekit, systemClock);
  }

  static async open(options: TestServerOptions = {}): Promise<House> {
    let livekit: Livekit | undefined;
    const server = await TestServer.start({
      ...options,
      livekit: async (webhookUrl) => (livekit = await startLivekit({ webhookUrl })),
    });
    if (!livekit) throw new Error('LiveKit was not started');
    return new House(livekit, server);
  }

  /** One more instance on the same database and LiveKit. */
  async another(): Promise<TestServer> {
    const { url, apiKey, apiSecret } = this.livekit;
    const server = await TestServer.start({
      livekit: { url, apiKey, apiSecret },
      storage: { url: this.server.database ?? '' },
    });
    this.#others.push(server);
    return server;
  }

  async close(): Promise<void> {
    for (const server of this.#others) await server.close();
    await this.server.close();
    await this.livekit.stop();
  }

  /** Signs a LiveKit token. Claims of `more` replace the usual ones; undefined takes one away. */
  token(identity: string, sfuRoom: string, more: JWTPayload = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: this.livekit.apiKey,
      sub: identity,
      nbf: now,
      exp: now + 60,
      video: { roomJoin: true, room: sfuRoom, canPublish: true, canSubscribe: true },
      ...more,
    };
    return sign(
      Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)),
      this.livekit.apiSecret,
    );
  }

  /** A webhook as LiveKit sends it. */
  async webhook(body: string, secret = this.livekit.apiSecret): Promise<Response> {
    const sha256 = createHash('sha256').update(body).digest('base64');
    const exp = Math.floor(Date.now() / 1_000) + 60;
    return this.server.fetch('/webhooks/livekit', {
      method: 'POST',
      headers: {
        'content-type': 'application/webhook+json',
        authorization: await sign({ iss: this.livekit.apiKey, sha256, exp }, secret),
      },
      body,
    });
  }

  async identities(sfuRoom: string): Promise<string[]> {
    return (await this.sfu.listParticipants(sfuRoom)).map(({ identity }) => identity);
  }
}

/** LiveKit's room that a token of ours is for. */
export function sfuRoomOf(token: string): string {
  return (decodeJwt(token) as { video: { room: string } }).video.room;
}
