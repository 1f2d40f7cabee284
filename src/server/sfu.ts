import {
  AccessToken,
  RoomServiceClient,
  TokenVerifier,
  TrackSource,
  TwirpError,
  type VideoGrant,
  WebhookReceiver,
} from 'livekit-server-sdk';
import { MeetingError } from '../protocol/meeting-error.ts';
import { LIVEKIT_TOKEN_TTL } from '../protocol/limits.ts';
import type { Clock } from './clock.ts';
import type { SeatKind } from './storage/tables.ts';

/** Where LiveKit is, and its one key. */
export interface LiveKitOptions {
  /** `http(s)://` or `ws(s)://`; only this server needs to reach it for signalling. */
  url: string;
  apiKey: string;
  apiSecret: string;
}

/** Somebody whom LiveKit has in a room. */
export interface SfuParticipant {
  identity: string;
  /** Not a person in a browser: agent, egress, ingress or phone. Only a holder of the key makes these. */
  isMachine: boolean;
  /** Whether they may share their screen. */
  presents: boolean;
}

/** Whom a token is for, and which LiveKit room it opens. */
export interface SfuSeat {
  identity: string;
  sfuRoom: string;
  name: string;
  kind: SeatKind;
  /** In the call: whether they may share their screen. */
  presents: boolean;
}

/** Which of LiveKit's rooms a webhook is about, and whether it is about what is recorded there. */
export interface Told {
  sfuRoom: string;
  isEgress: boolean;
}

/** The media server, as the rules' effects, the door and the reconciler need it. */
export interface Sfu {
  /** Base of LiveKit's signalling, `ws(s)://`. */
  readonly signalUrl: string;
  mint(seat: SfuSeat): Promise<string>;
  /** @throws MeetingError `door-token-invalid` */
  verify(token: string): Promise<{ identity: string; sfuRoom: string }>;
  createRoom(sfuRoom: string): Promise<void>;
  /** Puts everybody out. Done as well when there is no such room. */
  deleteRoom(sfuRoom: string): Promise<void>;
  setMetadata(sfuRoom: string, identity: string, metadata: string): Promise<void>;
  /** Done as well when nobody of this identity is there. */
  removeParticipant(sfuRoom: string, identity: string): Promise<void>;
  /** What they share already ends when they may not. Done as well when nobody of this identity is there. */
  setPresents(sfuRoom: string, identity: string, presents: boolean): Promise<void>;
  /** Empty when the room is not there. */
  listParticipants(sfuRoom: string): Promise<SfuParticipant[]>;
  /** What a webhook is about, once its signature is checked; undefined for no room. */
  readWebhook(body: string, authorization: string | undefined): Promise<Told | undefined>;
}

/** LiveKit answers in 10-60 ms; one that is frozen never does. s, the SDK's unit. */
const REQUEST_TIMEOUT = 3;
/** Rooms outlive a short absence of everybody. s, LiveKit's unit. */
const EMPTY_TIMEOUT = 300;
const DEPARTURE_TIMEOUT = 20;
/** How far LiveKit's clock may be from ours. s. */
const CLOCK_SKEW = 60;

const FACE = [TrackSource.CAMERA, TrackSource.MICROPHONE];
const SCREEN = [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];

/** What people in the call may send. */
const sources = (presents: boolean): TrackSource[] => (presents ? [...FACE, ...SCREEN] : FACE);

/** What each kind of seat may do with media. Nobody gets more, hosts included. */
const MEDIA: Record<SeatKind, VideoGrant> = {
  call: { canPublish: true, canSubscribe: true },
  knock: { canPublish: true, canSubscribe: false, canPublishSources: [TrackSource.CAMERA] },
  // Hidden: whoever waits sees nobody.
  look: { canPublish: false, canSubscribe: true, hidden: true },
};

/** The real one. All calls throw `sfu-unreachable` when LiveKit can't be asked. */
export class LiveKitSfu implements Sfu {
  readonly signalUrl: string;
  readonly #options: LiveKitOptions;
  readonly #clock: Clock;
  readonly #rooms: RoomServiceClient;
  readonly #verifier: TokenVerifier;
  readonly #webhooks: WebhookReceiver;

  readonly #failed: () => void;

  /** `failed` counts the calls that LiveKit did not carry out. */
  constructor(options: LiveKitOptions, clock: Clock, failed: () => void = () => undefined) {
    this.#failed = failed;
    const { url, apiKey, apiSecret } = options;
    this.signalUrl = url.replace(/^http/, 'ws').replace(/\/$/, '');
    this.#options = options;
    this.#clock = clock;
    const http = url.replace(/^ws/, 'http');
    this.#rooms = new RoomServiceClient(http, apiKey, apiSecret, {
      requestTimeout: REQUEST_TIMEOUT,
    });
    this.#verifier = new TokenVerifier(apiKey, apiSecret);
    this.#webhooks = new WebhookReceiver(apiKey, apiSecret);
  }

  async mint({ identity, sfuRoom, name, kind, presents }: SfuSeat): Promise<string> {
    const { apiKey, apiSecret } = this.#options;
    const token = new AccessToken(apiKey, apiSecret, {
      identity,
      name,
      ttl: LIVEKIT_TOKEN_TTL / 1_000,
    });
    token.addGrant({
      roomJoin: true,
      room: sfuRoom,
      canPublishData: false,
      canUpdateOwnMetadata: false,
      ...MEDIA[kind],
      ...(kind === 'call' && { canPublishSources: sources(presents) }),
    });
    return token.toJwt();
  }

  async verify(token: string): Promise<{ identity: string; sfuRoom: string }> {
    const claims = await this.#verifier.verify(token, CLOCK_SKEW).catch((cause: unknown) => {
      throw new MeetingError('door-token-invalid', 'The LiveKit token is not one of ours.', {
        cause,
      });
    });
    const { sub, exp, iat, video } = claims as typeof claims & { iat?: number };
    const now = this.#clock.now() / 1_000;
    // LiveKit itself would let an expired token in for another minute.
    if (exp === undefined || exp <= now || (iat !== undefined && iat > now + CLOCK_SKEW)) {
      throw new MeetingError('door-token-invalid', 'The LiveKit token has expired.');
    }
    if (!sub || !video?.room || !video.roomJoin) {
      throw new MeetingError('door-token-invalid', 'The LiveKit token admits nobody to a room.');
    }
    return { identity: sub, sfuRoom: video.room };
  }

  async createRoom(sfuRoom: string): Promise<void> {
    await this.#ask(() =>
      this.#rooms.createRoom({
        name: sfuRoom,
        emptyTimeout: EMPTY_TIMEOUT,
        departureTimeout: DEPARTURE_TIMEOUT,
      }),
    );
  }

  async deleteRoom(sfuRoom: string): Promise<void> {
    await this.#ask(() => this.#rooms.deleteRoom(sfuRoom), undefined);
  }

  async removeParticipant(sfuRoom: string, identity: string): Promise<void> {
    await this.#ask(() => this.#rooms.removeParticipant(sfuRoom, identity), undefined);
  }

  async setMetadata(sfuRoom: string, identity: string, metadata: string): Promise<void> {
    await this.#ask(() => this.#rooms.updateParticipant(sfuRoom, identity, { metadata }));
  }

  async listParticipants(sfuRoom: string): Promise<SfuParticipant[]> {
    const all = await this.#ask(() => this.#rooms.listParticipants(sfuRoom), []);
    return all.map(({ identity, kind, permission }) => {
      const presents = permission?.canPublishSources.includes(TrackSource.SCREEN_SHARE) === true;
      return { identity, isMachine: kind !== 0, presents };
    });
  }

  async setPresents(sfuRoom: string, identity: string, presents: boolean): Promise<void> {
    const permission = {
      canPublish: true,
      canSubscribe: true,
      canPublishData: false,
      canUpdateMetadata: false,
      canPublishSources: sources(presents),
    };
    await this.#ask(async () => {
      await this.#rooms.updateParticipant(sfuRoom, identity, { permission });
    }, undefined);
  }

  async readWebhook(body: string, authorization: string | undefined): Promise<Told | undefined> {
    const event = await this.#webhooks.receive(body, authorization).catch((cause: unknown) => {
      throw new MeetingError('door-token-invalid', 'The webhook is not signed by our LiveKit.', {
        cause,
      });
    });
    const { room, egressInfo } = event;
    if (egressInfo) return { sfuRoom: egressInfo.roomName, isEgress: true };
    return room && { sfuRoom: room.name, isEgress: false };
  }

  /** Calls LiveKit; `absent` is the answer when what was asked for is not there. */
  async #ask<T>(call: () => Promise<T>, ...absent: [T] | []): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      if (absent.length === 1 && cause instanceof TwirpError && cause.code === 'not_found') {
        return absent[0];
      }
      this.#failed();
      throw new MeetingError('sfu-unreachable', 'LiveKit did not carry out the call.', {
        cause,
        retryAfter: 1,
      });
    }
  }
}
