import { describe, expect, it } from 'vitest';
import {
  layOut,
  layOutScene,
  type RecordedPerson,
  withConsent,
} from '../../../src/core/recording/scene.ts';

const person = (identity: string): RecordedPerson => ({
  identity,
  name: identity,
  isSpeaking: false,
});
const [ana, max] = [person('ana'), person('max')];
const frame = { x: 0, y: 0, width: 1_280, height: 720 };

describe('what a recording shows', () => {
  it.each([1, 2, 3, 4, 5, 9, 17, 50])('has %i people in it, whole and apart', (count) => {
    const boxes = layOut(count, frame);
    expect(boxes).toHaveLength(count);
    boxes.forEach((box, index) => {
      expect(box.width / box.height).toBeCloseTo(16 / 9, 1);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(frame.width);
      expect(box.y + box.height).toBeLessThanOrEqual(frame.height);
      for (const other of boxes.slice(index + 1)) {
        const isBeside = other.x >= box.x + box.width || box.x >= other.x + other.width;
        const isBelow = other.y >= box.y + box.height || box.y >= other.y + other.height;
        expect(isBeside || isBelow).toBe(true);
      }
    });
  });

  it('shows two side by side and four in a square', () => {
    expect(new Set(layOut(2, frame).map(({ y }) => y)).size).toBe(1);
    expect(new Set(layOut(4, frame).map(({ y }) => y)).size).toBe(2);
  });

  it('gives a shared screen the picture, and people its end', () => {
    const screen = { id: 's', attach: () => {}, detach: () => {} };
    const boxes = layOutScene({ people: [ana, max], screen }, 1_280, 720);
    expect(boxes.screen).toEqual({ x: 0, y: 0, width: 1_024, height: 720 });
    for (const { x } of boxes.people) expect(x).toBeGreaterThanOrEqual(1_024);
    expect(layOutScene({ people: [], screen }, 1_280, 720).screen?.width).toBe(1_280);
  });

  it('leaves out who has not agreed, where people are asked', () => {
    expect(withConsent([ana, max], 'ask', new Set(['max']))).toEqual([max]);
    expect(withConsent([ana, max], 'ask', new Set())).toEqual([]);
    expect(withConsent([ana, max], 'tell', new Set())).toEqual([ana, max]);
  });
});
