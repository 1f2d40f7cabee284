import { describe, expect, it } from 'vitest';
import { guarded } from '../../../src/server/files/guarded.ts';

/** A stream of ever more bytes, and what became of it. */
function endless() {
  const told = { pulled: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        told.pulled += 1;
        controller.enqueue(Uint8Array.of(told.pulled));
      },
      cancel() {
        told.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, told };
}

describe('Bytes under guard', () => {
  it('flow as they came, and end as they ended', async () => {
    const { body } = new Response('all of it');
    if (!body) throw new Error('A response has a body.');
    const text = await new Response(guarded(body, () => Promise.resolve())).text();
    expect(text).toBe('all of it');
  });

  it('abuse 9: are asked about four times a second while they flow', async () => {
    const { stream } = endless();
    let now = 0;
    let asked = 0;
    const reader = guarded(
      stream,
      () => Promise.resolve(asked++),
      () => now,
    ).getReader();
    const counts: number[] = [];
    for (let step = 0; step < 8; step++) {
      now += 125;
      await reader.read();
      counts.push(asked);
    }
    expect(counts).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
  });

  it('abuse 9: end with why, and so does where they come from', async () => {
    const { stream, told } = endless();
    let now = 0;
    const refusal = new Error('put out');
    const reader = guarded(
      stream,
      () => Promise.reject(refusal),
      () => now,
    ).getReader();
    expect((await reader.read()).value).toEqual(Uint8Array.of(1));
    now = 250;
    await expect(reader.read()).rejects.toBe(refusal);
    expect(told).toEqual({ pulled: 2, cancelled: true });
  });

  it('are not read when nobody wants them any more', async () => {
    const { stream, told } = endless();
    await guarded(stream, () => Promise.resolve()).cancel();
    expect(told.cancelled).toBe(true);
  });
});
