import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { asLast } from '../../../src/server/last-answer.ts';

/** Somebody who said that a body comes, and sends none. */
const pretending = {
  complete: false,
  headers: { 'transfer-encoding': 'chunked' },
} as unknown as IncomingMessage;

describe('an answer to somebody who still sends', () => {
  it('is not gathered in memory when it is what they asked for', async () => {
    let pulled = 0;
    const file = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        if (pulled > 1_000) controller.close();
        else controller.enqueue(new Uint8Array(1_000));
      },
    });
    const answer = await asLast(new Response(file, { status: 206 }), pretending);
    expect(pulled).toBeLessThan(10);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('connection')).toBe('close');
    expect((await answer.bytes()).length).toBe(1_000_000);
  });
});
