import { MeetingError } from '../../protocol/meeting-error.ts';
import { UPLOADS_PATH } from '../../protocol/paths.ts';
import { problemOf } from '../api/problem.ts';

/** Sends the bytes of one stay's files, by tus 1.0. All of it rejects with a `MeetingError`. */
export interface UploadLine {
  /**
   * @param size In bytes; undefined when it will be known with the last of them.
   * @param about What else the server is told of it.
   * @returns where to send the bytes.
   */
  create(
    name: string,
    size: number | undefined,
    signal: AbortSignal,
    about?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** How many bytes the server has. */
  offset(url: string, signal: AbortSignal): Promise<number>;
  /**
   * Sends what comes at `offset`.
   * @param length Of all, where it was not said at first: these are the last bytes.
   * @returns how many bytes the server has then.
   */
  send(
    url: string,
    offset: number,
    bytes: Blob,
    progress: (sent: number) => void,
    signal: AbortSignal,
    length?: number,
  ): Promise<number>;
  /** Gives it up. Never rejects: what is left, the server clears away. */
  drop(url: string): Promise<void>;
}

/** Whose files, and where to. */
export interface UploadPlace {
  readonly server: string;
  readonly room: string;
  readonly session: string;
}

export type OpenUploads = (place: UploadPlace) => UploadLine;

/** What is sent without an answer for this long is broken, in ms. */
const SILENCE = 30_000;

/** By `fetch`, and by XMLHttpRequest where bytes go: `fetch` does not say how many have gone. */
export const openUploads: OpenUploads = ({ server, room, session }) => {
  const path = UPLOADS_PATH.replace('{room}', encodeURIComponent(room));
  const base = `${server.replace(/\/+$/, '')}${path}`;
  const headers = { 'tus-resumable': '1.0.0', authorization: `Bearer ${session}` };

  async function ask(
    method: string,
    url: string,
    more: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const late = AbortSignal.timeout(SILENCE);
    const init: RequestInit = {
      method,
      headers: { ...headers, ...more },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    };
    let response: Response;
    try {
      response = await fetch(url, init);
    } catch (cause) {
      signal?.throwIfAborted();
      throw unreachable(cause);
    }
    if (response.ok) return response;
    throw await refusal(response, method);
  }

  return {
    async create(name, size, signal, about) {
      const response = await ask(
        'POST',
        base,
        {
          ...(size === undefined
            ? { 'upload-defer-length': '1' }
            : { 'upload-length': String(size) }),
          'upload-metadata': metadata({ filename: name, ...about }),
        },
        signal,
      );
      const id = response.headers.get('location')?.split('/').at(-1);
      if (id) return `${base}/${id}`;
      throw new MeetingError('answer-unreadable', 'The server did not say where to upload.');
    },

    async offset(url, signal) {
      const response = await ask('HEAD', url, {}, signal);
      return offsetOf(response.headers.get('upload-offset'));
    },

    send: (url, offset, bytes, progress, signal, length) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const request = new XMLHttpRequest();
        request.open('PATCH', url);
        const all = {
          ...headers,
          'upload-offset': String(offset),
          ...(length !== undefined && { 'upload-length': String(length) }),
        };
        for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
        request.setRequestHeader('content-type', 'application/offset+octet-stream');
        const abort = (): void => request.abort();
        let timer = setTimeout(abort, SILENCE);
        request.upload.addEventListener('progress', ({ loaded }) => {
          clearTimeout(timer);
          timer = setTimeout(abort, SILENCE);
          progress(offset + loaded);
        });
        request.addEventListener('loadend', () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', abort);
          const { status } = request;
          if (signal.aborted) reject(signal.reason as Error);
          else if (status === 0) reject(unreachable());
          else if (status >= 300) {
            refusal(new Response(request.responseText, { status }), 'PATCH').then(reject, reject);
          } else resolve(offset + bytes.size);
        });
        signal.addEventListener('abort', abort, { once: true });
        request.send(bytes);
      }),

    async drop(url) {
      try {
        await ask('DELETE', url, {});
      } catch {
        // The server gives up by itself what nobody goes on with.
        return;
      }
    },
  };
};

/** A HEAD has no body to say why; then the status has to do. */
async function refusal(response: Response, method: string): Promise<unknown> {
  if (method === 'HEAD') {
    const isGone = response.status === 404 || response.status === 410;
    return isGone
      ? new MeetingError('file-not-found', 'The upload is gone.')
      : new MeetingError('server-unreachable', `The server answered ${response.status}.`);
  }
  const said: unknown = await response.json().catch(() => undefined);
  return problemOf(response, said);
}

function offsetOf(header: string | null): number {
  const offset = Number(header ?? Number.NaN);
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new MeetingError('answer-unreadable', 'The server did not say how far the upload is.');
}

const unreachable = (cause?: unknown): MeetingError =>
  new MeetingError('server-unreachable', 'The upload broke off.', { cause });

const metadata = (about: Readonly<Record<string, string>>): string =>
  Object.entries(about)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');

const base64 = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 1_000))));
