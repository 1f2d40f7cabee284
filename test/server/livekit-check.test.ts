import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type Livekit, startLivekit } from '../../demo/livekit.ts';
import { checkLiveKit, type WebhookEar } from '../../src/server/livekit-check.ts';
import { LiveKitSfu } from '../../src/server/sfu.ts';
import { systemClock } from '../../src/server/clock.ts';

let livekit: Livekit | undefined;
let receiver: Server | undefined;

afterEach(async () => {
  await livekit?.stop();
  receiver?.close();
});

/** Runs the check against a LiveKit of these settings. @returns what it warned of. */
async function warnings(settings: Record<string, object>, withWebhooks: boolean): Promise<string> {
  const ear = await startReceiver();
  const address = receiver?.address() as AddressInfo;
  const apiKey = 'ours';
  livekit = await startLivekit({
    apiKey,
    apiSecret: 'a'.repeat(40),
    ...(withWebhooks && { webhookUrl: `http://127.0.0.1:${address.port}/` }),
    settings,
  });
  const said: string[] = [];
  const note = (message: string): void => void said.push(message);
  const sfu = new LiveKitSfu(livekit, systemClock);
  const { signal } = new AbortController();
  await checkLiveKit(sfu, apiKey, ear, signal, { info: note, warn: note, error: note });
  return said.join('\n');
}

/** A receiver that takes webhooks about any room as the check's: there is only one. */
async function startReceiver(): Promise<WebhookEar> {
  let tell = (): void => undefined;
  const heard = new Promise<void>((resolve) => (tell = resolve));
  receiver = createServer((request, response) => {
    request.resume();
    response.end();
    tell();
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  return { heard: () => heard };
}

it('says nothing of a LiveKit that is set up as the promises need it', async () => {
  expect(await warnings({}, true)).toBe('');
});

it('says that LiveKit makes rooms by itself', async () => {
  expect(await warnings({ room: { auto_create: true } }, true)).toMatch(/^LiveKit makes rooms/);
});

it('says that LiveKit has more than one key', async () => {
  // First, theirs is the one that LiveKit signs with most of the time.
  const keys = { theirs: 'b'.repeat(40), ours: 'a'.repeat(40) };
  expect(await warnings({ keys }, true)).toMatch(/^LiveKit has more than one key/);
});

it('says that no webhook comes', async () => {
  expect(await warnings({}, false)).toMatch(/^No webhook came/);
});

it('says that LiveKit does not answer', async () => {
  const said: string[] = [];
  const note = (message: string): void => void said.push(message);
  const gone = { url: 'ws://127.0.0.1:1', apiKey: 'ours', apiSecret: 'a'.repeat(40) };
  const ear: WebhookEar = { heard: () => new Promise<void>(() => undefined) };
  const { signal } = new AbortController();
  const logger = { info: note, warn: note, error: note };
  await checkLiveKit(new LiveKitSfu(gone, systemClock), 'ours', ear, signal, logger);
  expect(said.join('\n')).toMatch(/^LiveKit could not be checked/);
});
