import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import {
  ClientInfo,
  ConnectionSettings,
  JoinRequest,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { WebSocket } from 'ws';
import type { Problem } from '../../../src/protocol/errors.ts';
import { eventually } from '../../e2e/eventually.ts';
import { readProblem } from './server.ts';

/** What livekit-client 2.23 says when it joins; `pad` bytes more, to make it too long. */
export function joinRequest({ gzip = true, pad = 0 } = {}): string {
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ protocol: 16, version: '2.23.0', os: ' '.repeat(pad) }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
  }).toBinary();
  const wrapped = new WrappedJoinRequest(
    gzip
      ? {
          joinRequest: new Uint8Array(gzipSync(request)),
          compression: WrappedJoinRequest_Compression.GZIP,
        }
      : { joinRequest: request },
  );
  // LiveKit wants the URL's alphabet, and the padding.
  const base64 = Buffer.from(wrapped.toBinary()).toString('base64');
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/** The query of an honest join. */
export const joinQuery = (token: string): string =>
  new URLSearchParams({ access_token: token, join_request: joinRequest() }).toString();

/** A signalling connection without media. */
export class DoorClient {
  readonly socket: WebSocket;
  readonly messages: SignalResponse['message'][] = [];
  readonly closed: Promise<{ code: number }>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.binaryType = 'nodebuffer';
    // A socket that is cut says so by `close`, too.
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) =>
      this.messages.push(SignalResponse.fromBinary(new Uint8Array(data)).message),
    );
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve({ code })));
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** The token that LiveKit pushes right after a join. */
  async refreshedToken(): Promise<string> {
    const message = await eventually('a refreshed token', () =>
      this.messages.find(({ case: name }) => name === 'refreshToken'),
    );
    return message.value as string;
  }

  /** Says goodbye, as livekit-client does. */
  sayLeave(): void {
    const leave = new SignalRequest({ message: { case: 'leave', value: {} } });
    this.socket.send(leave.toBinary());
  }

  /** Waits for an answer from LiveKit: it is still there, and hears. */
  async ping(): Promise<void> {
    const before = this.messages.length;
    const timestamp = BigInt(Date.now());
    const request = new SignalRequest({ message: { case: 'ping', value: timestamp } });
    this.socket.send(request.toBinary());
    await eventually('a pong of LiveKit', () => this.messages.length > before);
  }

  close(): void {
    this.socket.terminate();
  }
}

/** What an upgrade at the door came to. */
export interface Knocked {
  status: number;
  problem?: Problem;
  client: DoorClient;
}

/** Tries to connect. With 101, LiveKit's first answer has come, too. */
export async function connect(server: string, query: string, path = '/rtc/v1'): Promise<Knocked> {
  const url = `${server.replace('http', 'ws')}${path}?${query}`;
  const client = new DoorClient(new WebSocket(url, { perMessageDeflate: false }));
  const refused = once(client.socket, 'unexpected-response');
  const opened = once(client.socket, 'open');
  opened.catch(() => 'the error is in `refused`, too');
  const result = await Promise.race([
    opened.then(() => undefined),
    refused.then(([, response]: AsyncIterable<Buffer>[]) => response),
  ]);
  if (result === undefined) {
    await eventually('LiveKit said something', () => client.messages.length > 0 || !client.isOpen);
    return { status: 101, client };
  }
  return { client, ...(await readRefusal(result as never)) };
}

async function readRefusal(
  response: AsyncIterable<Buffer> & { statusCode: number; headers: Record<string, string> },
): Promise<{ status: number; problem: Problem }> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { statusCode: status, headers } = response;
  const problem = readProblem(new Response(text, { status, headers }), JSON.parse(text));
  return { status, problem };
}

/** Joins with the token of an entry, and fails when that is refused. */
export async function join(server: string, token: string): Promise<DoorClient> {
  const { status, problem, client } = await connect(server, joinQuery(token));
  if (status !== 101) throw new Error(`The door refused with ${status} ${problem?.code}`);
  return client;
}
