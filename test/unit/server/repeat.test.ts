import { describe, expect, it } from 'vitest';
import { repeat } from '../../../src/server/repeat.ts';

const broken = async (): Promise<void> => {
  throw new Error('broken');
};

describe('what is repeated', () => {
  it('tells what a run throws, and runs again', async () => {
    const end = new AbortController();
    const failures: unknown[] = [];
    await new Promise<void>((twice) => {
      repeat(1, broken, end.signal, (error) => failures.push(error) === 2 && twice());
    });
    end.abort();
    expect(failures.map(String)).toEqual(['Error: broken', 'Error: broken']);
  });

  it('does not take the end for a failure', async () => {
    const end = new AbortController();
    const failures: unknown[] = [];
    let cut: Promise<void> | undefined;
    const task = (): Promise<void> => {
      cut = new Promise<void>((_, reject) => {
        end.signal.addEventListener('abort', () => reject(new Error('the database is closed')));
      });
      return cut;
    };
    repeat(1, task, end.signal, (error) => failures.push(error));
    end.abort();
    await expect(cut).rejects.toThrow('closed');
    await new Promise((settled) => setImmediate(settled));
    expect(failures).toEqual([]);
  });
});
