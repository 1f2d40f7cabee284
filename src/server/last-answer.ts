import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';

/** Of a body no larger than this, the rest is on its way already, bytes. */
const SMALL = 65_536;
/** How long the rest of a larger one is read, ms: many read no answer before all is sent. */
const LINGER = 500;

/**
 * The answer to somebody who still sends their body says that this is the last one on their line.
 * Else they, or a proxy between, would ask the next thing on it and lose that, for it has to be
 * closed. That comes when the rest was read, they went, or a moment passed: a line that is closed
 * with bytes unread may take the answer with it.
 */
export async function asLast(response: Response, incoming: IncomingMessage): Promise<Response> {
  if (incoming.complete || isSmall(incoming)) return response;
  const { status } = response;
  const headers = new Headers(response.headers);
  headers.set('connection', 'close');
  // A file is not held in memory for somebody who pretends to send something.
  if (response.ok) return new Response(response.body, { status, headers });
  const body = Buffer.from(await response.arrayBuffer());
  if (body.length === 0) return new Response(null, { status, headers });
  headers.set('content-length', String(body.length));
  // All of it at once, and its end when nothing more is to be read.
  const held = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(body),
    async pull(controller) {
      await rest(incoming);
      controller.close();
    },
  });
  return new Response(held, { status, headers });
}

function isSmall({ headers }: IncomingMessage): boolean {
  return !('transfer-encoding' in headers) && Number(headers['content-length'] ?? 0) <= SMALL;
}

async function rest(incoming: IncomingMessage): Promise<void> {
  // Whoever read the body paused it, and reads no more.
  incoming.removeAllListeners('data').resume();
  try {
    await finished(incoming, { signal: AbortSignal.timeout(LINGER) });
  } catch {
    // They went, or send on and on.
  }
}
