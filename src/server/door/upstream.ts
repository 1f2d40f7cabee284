import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Frame } from './door-socket.ts';

const HANDSHAKE_TIMEOUT = 5_000;
const FIRST_ANSWER_TIMEOUT = 5_000;

/** A socket to LiveKit on which it has said its first word, or `no-room`. */
export type Upstream = { socket: WebSocket; frames: Frame[] } | 'no-room';

/**
 * Connects to LiveKit's signalling and waits for its first answer, which is its yes.
 *
 * @param hold - given the socket before anything is awaited, to be closed with the connection.
 * @throws MeetingError `sfu-unreachable`; `door-token-invalid` when LiveKit itself says no.
 */
export async function connectUpstream(
  url: string,
  signal: AbortSignal,
  hold: (socket: WebSocket) => void,
): Promise<Upstream> {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT,
  });
  const frames: Frame[] = [];
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => {
      clearTimeout(timer);
      socket.terminate();
      reject(
        new MeetingError('sfu-unreachable', 'LiveKit did not answer.', { cause, retryAfter: 1 }),
      );
    };
    const timer = setTimeout(fail, HANDSHAKE_TIMEOUT + FIRST_ANSWER_TIMEOUT);
    socket.on('error', fail);
    socket.on('close', fail);
    signal.addEventListener('abort', () => fail(), { once: true });
    socket.on('unexpected-response', (_request, response) => {
      clearTimeout(timer);
      response.resume();
      socket.terminate();
      settleRefusal(response, resolve, reject);
    });
    socket.on('message', (data, isBinary) => {
      frames.push({ data, isBinary });
      if (frames.length > 1) return;
      clearTimeout(timer);
      socket.off('error', fail).off('close', fail);
      hold(socket);
      resolve({ socket, frames });
    });
  });
}

function settleRefusal(
  { statusCode = 0 }: IncomingMessage,
  resolve: (upstream: Upstream) => void,
  reject: (error: MeetingError) => void,
): void {
  if (statusCode === 404) return resolve('no-room');
  reject(
    statusCode === 401 || statusCode === 403
      ? new MeetingError('door-token-invalid', `LiveKit refused the token with ${statusCode}.`)
      : new MeetingError('sfu-unreachable', `LiveKit answered ${statusCode}.`, { retryAfter: 1 }),
  );
}
