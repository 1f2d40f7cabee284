import { describe, expect, it } from 'vitest';
import { createCells } from '../../../src/core/cells.ts';
import { KnocksSlice } from '../../../src/core/slices/knocks.ts';
import { identity, knocker, person } from '../../fakes/core-fakes.ts';

const common = { id: 'e_1', seq: 1, at: 1, room: 'acme' };

describe('knocks', () => {
  it('shows the longest waiting first, and freezes what it shows', () => {
    const knocks = new KnocksSlice(createCells());
    knocks.replace([knocker(3), knocker(1), knocker(2)]);
    expect(knocks.state.value.map(({ at }) => at)).toEqual([1_001, 1_002, 1_003]);
    expect(Object.isFrozen(knocks.state.value)).toBe(true);
    expect(knocks.state.value.every((knock) => Object.isFrozen(knock))).toBe(true);
  });

  it('writes nothing that is known, and keeps the others when one changes', () => {
    const knocks = new KnocksSlice(createCells());
    knocks.replace([knocker(1), knocker(2)]);
    const before = knocks.state.value;
    knocks.replace([knocker(2), knocker(1)]);
    knocks.apply({ ...common, type: 'knock-received', knock: knocker(2) });
    knocks.setPresent(identity(2), true);
    knocks.setPresent(identity(7), false);
    knocks.apply({ ...common, type: 'participant-joined', participant: person(2) });
    expect(knocks.state.value).toBe(before);
    knocks.setPresent(identity(2), false);
    expect(knocks.state.value[0]).toBe(before[0]);
    expect(knocks.state.value[1]?.present).toBe(false);
  });

  it('takes a line back when the knock no longer has one', () => {
    const knocks = new KnocksSlice(createCells());
    knocks.replace([knocker(1, { message: 'Hello' })]);
    knocks.apply({ ...common, type: 'knock-received', knock: knocker(1) });
    expect(knocks.state.value).toEqual([knocker(1)]);
  });
});
