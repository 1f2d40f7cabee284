import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  ClientInfo,
  ClientInfo_SDK,
  ConnectionSettings,
  JoinRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import type { Problem } from '../../src/protocol/errors.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { WebSocket } from 'ws';

/** A visitor id as a fresh browser makes it. */
export const newVisitor = (): string => randomBytes(16).toString('base64url');

/** An answer of the meeting server: its status, and what it says. */
export interface Answered<Body> {
  status: number;
  body: Body;
}

/** Calls a route as no browser of ours would: no Origin, any body. */
export async function call<Body = Problem>(
  url: string,
  body: unknown,
  session?: string,
): Promise<Answered<Body>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(session && { authorization: `Bearer ${session}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

/** Reads what a GET route answers. */
export async function read<Body = Problem>(url: string, session: string): Promise<Answered<Body>> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${session}` } });
  return { status: response.status, body: (await response.json()) as Body };
}

/** What somebody shows who comes without a page; a browser of their own where it is left out. */
export interface Way {
  visitor?: string;
  name?: string;
  entryToken?: string;
  key?: string;
}

/** Enters a room without a page. */
export async function enter(
  server: string,
  room: string,
  way: Way & { again?: 'take-over' | 'beside' } = {},
): Promise<Answered<Entered & Problem>> {
  return call(`${server}/rooms/${room}/call-enter`, {
    visitor: newVisitor(),
    name: 'Nobody',
    ...way,
  });
}

/** How a try at the door went. 101 means: the socket stood. */
export interface DoorTry {
  status: number;
  /** What LiveKit said first, if it said anything. */
  first: SignalResponse | undefined;
  /** Settles with the close code once the socket is closed. */
  closed: Promise<number>;
  close(): void;
}

export interface DoorTryOptions {
  /** `/rtc/v1`, or another path to try. */
  path?: string;
  /** More query parameters. */
  query?: Record<string, string>;
  /** Says that it continues a connection, as livekit-client does after a break. */
  reconnect?: boolean;
}

/** Connects as livekit-client does, but without media: only what the door says counts. */
export async function tryDoor(
  door: string,
  token: string,
  options: DoorTryOptions = {},
): Promise<DoorTry> {
  const path = options.path ?? '/rtc/v1';
  const url = new URL(door.replace(/^http/, 'ws').replace(/\/$/, '') + path);
  url.searchParams.set('access_token', token);
  if (path.includes('v1')) url.searchParams.set('join_request', joinRequest(options.reconnect));
  for (const [name, value] of Object.entries(options.query ?? {})) {
    url.searchParams.append(name, value);
  }
  const socket = new WebSocket(url, { perMessageDeflate: false });
  socket.binaryType = 'nodebuffer';
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const first = new Promise<SignalResponse | undefined>((resolve) => {
    socket.once('message', (data: Buffer) =>
      resolve(SignalResponse.fromBinary(new Uint8Array(data))),
    );
    socket.once('close', () => resolve(undefined));
  });
  const status = await new Promise<number>((resolve, reject) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.once('error', reject);
  });
  const close = (): void => socket.terminate();
  return { status, first: status === 101 ? await first : undefined, closed, close };
}

/** LiveKit's join request as livekit-client 2.23 sends it, in gzip. */
function joinRequest(reconnect = false): string {
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.JS, protocol: 16, version: '2.23.0' }),
    connectionSettings: new ConnectionSettings({ autoSubscribe: true }),
    reconnect,
  });
  const wrapped = new WrappedJoinRequest({
    joinRequest: new Uint8Array(gzipSync(request.toBinary())),
    compression: WrappedJoinRequest_Compression.GZIP,
  });
  return Buffer.from(wrapped.toBinary()).toString('base64url');
}
