import { afterEach, expect, it, vi } from 'vitest';
import { Kept } from '../../../src/core/kept.ts';
import { Shelf } from '../../fakes/shelf.ts';

afterEach(() => vi.unstubAllGlobals());

const ONE = { gen: 1, update: 'AAA=' };

/** What two people of one tab, one after another, see of what it keeps. */
function tab() {
  const items = new Shelf();
  vi.stubGlobal('sessionStorage', items);
  let me: string | undefined = 'p_ada';
  const kept = new Kept<typeof ONE>({ place: () => 'drawn', me: () => me });
  return { kept, items, become: (other: string | undefined) => (me = other) };
}

it('What waits is kept by id, for who made it alone', () => {
  const { kept, items, become } = tab();
  kept.set('w_1', ONE);
  kept.set('w_2', { ...ONE, gen: 2 });
  expect(kept.get('w_1')).toEqual(ONE);
  become('p_ben');
  expect(kept.get('w_1')).toBeUndefined();
  kept.set('w_1', undefined);
  kept.set('w_3', ONE);
  become('p_ada');
  expect(kept.get('w_1')).toBeUndefined();
  become('p_ben');
  kept.retain(['w_2']);
  expect(items.size).toBe(0);
});

it('What is of use to nobody is forgotten; what can’t be read is as good as none', () => {
  const { kept, items } = tab();
  kept.set('w_1', ONE);
  kept.set('w_2', ONE);
  kept.retain(['w_2']);
  expect([kept.get('w_1'), kept.get('w_2')]).toEqual([undefined, ONE]);
  items.set('drawn', '{');
  expect(kept.get('w_2')).toBeUndefined();
});

it('Where storage is forbidden or full, nothing is kept, and nothing breaks', () => {
  const { kept } = tab();
  const forbid = (): never => {
    throw new DOMException('no', 'QuotaExceededError');
  };
  vi.stubGlobal('sessionStorage', { getItem: forbid, setItem: forbid, removeItem: forbid });
  kept.set('w_1', ONE);
  expect(kept.get('w_1')).toBeUndefined();
});

it('What changes keeps its place', () => {
  const { kept } = tab();
  for (const id of ['m_1', 'm_2']) kept.set(id, ONE);
  kept.set('m_1', { ...ONE, gen: 2 });
  expect(Object.entries(kept.all)).toEqual([
    ['m_1', { ...ONE, gen: 2 }],
    ['m_2', ONE],
  ]);
});
