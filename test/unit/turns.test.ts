import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/server/turns.ts';

/** Work that ends when it is told to. */
function work() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string) => (): Promise<string> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, start, end: (name: string) => ends.get(name)?.() };
}

describe('Turns', () => {
  it('let so many at once into a room, and the next when one is done', async () => {
    const turns = new Turns(2);
    const { begun, start, end } = work();
    const all = ['a', 'b', 'c', 'd'].map((name) => turns.take('Room', start(name)));
    await expect.poll(() => begun).toEqual(['a', 'b']);
    end('b');
    await all[1];
    await expect.poll(() => begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c']) end(name);
    await expect.poll(() => begun).toEqual(['a', 'b', 'c', 'd']);
    end('d');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keep nobody waiting for another room, whose name may be written in other letters', async () => {
    const turns = new Turns(1);
    const { begun, start, end } = work();
    const all = ['one', 'ONE', 'two'].map((room) => turns.take(room, start(room)));
    await expect.poll(() => begun).toEqual(['one', 'two']);
    end('one');
    await expect.poll(() => begun).toEqual(['one', 'two', 'ONE']);
    for (const room of ['two', 'ONE']) end(room);
    await Promise.all(all);
  });

  it('go on after work that fails, and keep nothing of a room that nobody wants into', async () => {
    const turns = new Turns(1);
    const failing = turns.take('one', () => Promise.reject(new Error('no')));
    const next = turns.take('one', () => Promise.resolve('yes'));
    expect(turns.size).toBe(1);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(turns.size).toBe(0);
  });
});
