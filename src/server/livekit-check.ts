import { SignalResponse } from '@livekit/protocol';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import type { Logger } from './logger.ts';
import { newId } from './secrets.ts';
import type { Sfu } from './sfu.ts';

/**
 * LiveKit signs each refreshed token with the first key of a Go map walk, which may be a given one
 * in as few as one of 8 walks: 40 miss a second key in one start of 200.
 */
const REFRESHES = 40;
const PROBE_TIMEOUT = 5_000;
/** They come within ms, but at our start the port may not be open yet: tried again at 1, 3 and 7 s. */
const WEBHOOK_TIMEOUT = 12_000;

/** Whether a room of LiveKit's was made for the check below. */
export const isCheckRoom = (sfuRoom: string): boolean => sfuRoom.startsWith('check_');

/** Where the check hears of LiveKit's webhooks, whichever instance they reach. */
export interface WebhookEar {
  /** Resolves when a webhook about `sfuRoom` came in. */
  heard(sfuRoom: string, signal: AbortSignal): Promise<void>;
}

/**
 * Looks at start whether LiveKit is set up as our promises need it, by trying, and says which of them
 * its settings break. Makes one room of its own and deletes it.
 */
export async function checkLiveKit(
  sfu: Sfu,
  apiKey: string,
  ear: WebhookEar,
  signal: AbortSignal,
  logger: Logger,
): Promise<void> {
  const sfuRoom = `check_${newId('n')}`;
  try {
    if (await isOpenWithoutRoom(sfu, sfuRoom)) {
      logger.warn(
        'LiveKit makes rooms by itself (room.auto_create is on). Set it to false: ' +
          'old tokens can bring ended calls back to life.',
      );
    }
    const webhook = hearWithin(ear, sfuRoom, signal);
    await sfu.createRoom(sfuRoom);
    if (await hasOtherKeys(sfu, sfuRoom, apiKey)) {
      logger.warn(
        'LiveKit has more than one key. Leave it just ours: it refreshes tokens with any of them, ' +
          'and people who reconnect with another are refused.',
      );
    }
    if (!(await webhook)) {
      logger.warn(
        'No webhook came from LiveKit. Add <url>/webhooks/livekit to webhook.urls: without it we ' +
          'notice up to 10 s later who is gone.',
      );
    }
    await sfu.deleteRoom(sfuRoom);
  } catch (error) {
    if (signal.aborted) return;
    logger.warn('LiveKit could not be checked: it does not answer.', { error });
  }
}

async function hearWithin(ear: WebhookEar, room: string, signal: AbortSignal): Promise<boolean> {
  const timeout = AbortSignal.timeout(WEBHOOK_TIMEOUT);
  const stop = AbortSignal.any([signal, timeout]);
  const late = new Promise<boolean>((resolve) =>
    stop.addEventListener('abort', () => resolve(false), { once: true }),
  );
  return Promise.race([ear.heard(room, stop).then(() => true), late]);
}

async function isOpenWithoutRoom(sfu: Sfu, sfuRoom: string): Promise<boolean> {
  const token = await sfu.mint({
    identity: 'check',
    sfuRoom,
    name: 'check',
    kind: 'call',
    presents: false,
  });
  const url = `${sfu.signalUrl.replace(/^ws/, 'http')}/rtc/validate?access_token=${token}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT) });
  return response.ok;
}

/** Joins for a moment, and looks who signs the fresh tokens that each change of oneself brings. */
async function hasOtherKeys(sfu: Sfu, sfuRoom: string, apiKey: string): Promise<boolean> {
  const identity = 'check';
  const token = await sfu.mint({
    identity,
    sfuRoom,
    name: identity,
    kind: 'call',
    presents: false,
  });
  const socket = new WebSocket(`${sfu.signalUrl}/rtc?access_token=${token}&auto_subscribe=0`, {
    perMessageDeflate: false,
    handshakeTimeout: PROBE_TIMEOUT,
  });
  let seen = 0;
  const change = (): Promise<void> => sfu.setMetadata(sfuRoom, identity, `check ${seen}`);
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const timeout = AbortSignal.timeout(PROBE_TIMEOUT);
      timeout.addEventListener('abort', () => reject(timeout.reason as Error), { once: true });
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const { message } = SignalResponse.fromBinary(data);
        if (message.case !== 'refreshToken') return;
        seen += 1;
        if (decodeJwt(message.value).iss !== apiKey) resolve(true);
        else if (seen === REFRESHES) resolve(false);
        else change().catch(reject);
      });
    });
  } finally {
    socket.terminate();
  }
}
