import { request } from 'node:http';
import { readProblem } from './server.ts';
import type { ServerErrorCode } from '../../../src/protocol/status.ts';

const TUS = { 'tus-resumable': '1.0.0' };

/** Sends files as any client of tus 1.0 does. */
export class Uploader {
  readonly #rooms: string;
  readonly #session: string;

  /** @param url The server's base. */
  constructor(url: string, room: string, session: string) {
    this.#rooms = `${url}/rooms/${room}/uploads`;
    this.#session = session;
  }

  /** Uploads all of it, in pieces of `piece` bytes. @returns the file's id. */
  async send(
    name: string,
    bytes: Uint8Array<ArrayBuffer> | string,
    { piece = Infinity, preview }: { piece?: number; preview?: Buffer } = {},
  ): Promise<string> {
    const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    const url = await this.create(name, all.length);
    if (preview) await this.setPreview(idOf(url), preview);
    for (let offset = 0; offset < all.length; offset += piece) {
      const end = Math.min(all.length, offset + piece);
      const { status } = await this.patch(url, offset, all.subarray(offset, end));
      if (status !== 204) throw new Error(`A piece was answered with ${status}.`);
    }
    return idOf(url);
  }

  /** @returns where to send it. @throws Error with the code of a refusal. */
  async create(name: string, length: number): Promise<string> {
    const response = await this.tryCreate(name, length);
    const url = response.headers.get('location');
    if (response.status === 201 && url) return url;
    throw new Error((await codeOf(response)) ?? `answered ${response.status}`);
  }

  tryCreate(name: string, length: number | string): Promise<Response> {
    const filename = Buffer.from(name).toString('base64');
    return this.ask('POST', this.#rooms, {
      'upload-length': String(length),
      'upload-metadata': `filename ${filename}`,
    });
  }

  /** Begins to bring a recording into the room; without a length, that is said at the end. */
  async beginRecording(id: string, length?: number, duration?: number): Promise<string> {
    const response = await this.tryRecording(id, length, duration);
    const url = response.headers.get('location');
    if (response.status === 201 && url) return url;
    throw new Error((await codeOf(response)) ?? `answered ${response.status}`);
  }

  tryRecording(id: string, length?: number, duration?: number): Promise<Response> {
    const base64 = (text: string | number): string => Buffer.from(String(text)).toString('base64');
    const metadata = [
      `recording ${base64(id)}`,
      ...(duration === undefined ? [] : [`duration ${base64(duration)}`]),
    ];
    return this.ask('POST', this.#rooms, {
      ...(length === undefined ? { 'upload-defer-length': '1' } : {}),
      ...(length === undefined ? {} : { 'upload-length': String(length) }),
      'upload-metadata': metadata.join(','),
    });
  }

  /** Brings all of a recording into the room. @returns its id. */
  async sendRecording(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const url = await this.beginRecording(id, bytes.length);
    const { status } = await this.patch(url, 0, bytes);
    if (status !== 204) throw new Error(`A recording was answered with ${status}.`);
    return id;
  }

  patch(
    url: string,
    offset: number,
    body: RequestInit['body'],
    { length, ...init }: RequestInit & { length?: number } = {},
  ): Promise<Response> {
    const headers = {
      ...(length !== undefined && { 'upload-length': String(length) }),
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    };
    return this.ask('PATCH', url, headers, { ...init, body: body ?? null });
  }

  /**
   * Sends more than there is room for, on a line of its own: who is refused in the middle may find it
   * closed before they read why, and nobody else should.
   */
  async flood(url: string, offset: number, bytes: Uint8Array): Promise<void> {
    const sending = request(url, {
      method: 'PATCH',
      agent: false,
      headers: {
        ...TUS,
        authorization: `Bearer ${this.#session}`,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
    });
    await new Promise<void>((resolve) => {
      sending.on('response', (response) => {
        response.on('error', () => resolve()).on('close', () => resolve());
        response.resume();
      });
      sending.on('error', () => resolve());
      // Its length is not said.
      sending.write(bytes);
      sending.end();
    });
  }

  async setPreview(id: string, preview: Buffer): Promise<void> {
    const response = await fetch(this.#rooms.replace(/uploads$/, 'file-preview-set'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#session}` },
      body: JSON.stringify({ id, image: preview.toString('base64') }),
    });
    if (!response.ok) throw new Error(`The preview was answered with ${response.status}.`);
  }

  /** How many bytes the server has. */
  async offset(url: string): Promise<number> {
    const response = await this.ask('HEAD', url);
    if (response.status !== 200) throw new Error(`HEAD was answered with ${response.status}.`);
    return Number(response.headers.get('upload-offset'));
  }

  ask(
    method: string,
    url: string,
    headers: Record<string, string> = {},
    init: RequestInit = {},
  ): Promise<Response> {
    const authorization = `Bearer ${this.#session}`;
    const all = { ...TUS, authorization, ...headers };
    // Node's fetch wants to know that a stream is sent one way.
    const request = { method, headers: all, ...init, duplex: 'half' };
    return fetch(url, request);
  }
}

/** The file that is uploaded to `url`. */
export const idOf = (url: string): string => url.split('/').at(-1) ?? '';

/** The code of a refusal; undefined for a success. */
export async function codeOf(response: Response): Promise<ServerErrorCode | undefined> {
  if (response.ok) return undefined;
  return readProblem(response, await response.json()).code;
}

/** `length` bytes that differ from each other, made as they are read. */
export function pattern(length: number, from = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (((from + i) * 2_654_435_761) >>> 13) & 0xff;
  return bytes;
}

/** All of what comes one by one. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
