/*
 * The meeting server in a process of its own, so that a test can kill it. It listens first and says
 * on which port, since LiveKit's webhook has to know; then it is told the rest by a message.
 */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMeetingServer, type MeetingServerOptions } from 'livekit-meeting-room/server';
import { authorizeByCookie, forbidding, type Ban } from './integrator.ts';

/** What the process is told; everything of it survives being sent. */
export type ServerSettings = Pick<
  MeetingServerOptions,
  | 'livekit'
  | 'storage'
  | 'entrySecret'
  | 'origins'
  | 'apiKeys'
  | 'lastHost'
  | 'limits'
  | 'recordings'
  | 'reset'
  | 'webhooks'
> & {
  /** The public base, when something stands between browsers and this process. */
  url?: string;
  /** What the integrator's hook `before` forbids. */
  bans?: readonly Ban[];
  /** The integrator's `authorize` reads their own cookie. */
  readsCookie?: boolean;
};

/** An orphan must not outlive the test run that it belongs to. */
process.on('disconnect', () => process.exit(1));

/**
 * The moment between a commit and what follows from it, held on demand: calls of LiveKit's `method`
 * are not sent and never answered.
 */
function holdCalls(method: string): void {
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.endsWith(`/${method}`)) return send(input, init);
    process.send?.({ held: method });
    return new Promise(() => undefined);
  };
  process.send?.({ holding: method });
}

/** As a load balancer answers while nobody is there. */
const notYet: RequestListener = (_request, response) => void response.writeHead(503).end();

const server = createServer(notYet);
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.send?.({ port });

const [{ bans, readsCookie, ...settings }] = (await once(process, 'message')) as [ServerSettings];
const meeting = await createMeetingServer({
  ...settings,
  url: settings.url ?? `http://127.0.0.1:${port}/meeting`,
  ...(bans && { hooks: { before: forbidding(bans) } }),
  ...(readsCookie && { authorize: authorizeByCookie }),
});
server.off('request', notYet);
meeting.attach(server);
process.send?.({ ready: true });
process.on('message', ({ hold }: { hold: string }) => holdCalls(hold));

process.once('SIGTERM', () => {
  void meeting.close().finally(() => process.exit(0));
});
