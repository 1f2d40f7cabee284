import { effect } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { createCells } from '../../../src/core/cells.ts';
import { MediaSlice } from '../../../src/core/slices/media.ts';

const source = (id: string) => ({ id, attach() {}, detach() {} });

describe('media', () => {
  it('touches only those who begin or stop speaking', () => {
    const media = new MediaSlice(createCells());
    const fired: string[] = [];
    for (const who of ['a', 'b', 'c']) {
      let first = true;
      effect(() => {
        const { speaking } = media.of(who).value;
        if (!first) fired.push(`${who} ${speaking}`);
        first = false;
      });
    }
    media.setSpeaking(['a', 'b']);
    media.setSpeaking(['b', 'c']);
    media.setSpeaking(['b', 'c']);
    expect(fired.toSorted()).toEqual(['a false', 'a true', 'b true', 'c true']);
  });

  it('looks to whoever speaks, until they stop, and never to oneself', () => {
    const cells = createCells();
    const media = new MediaSlice(cells);
    const active = (...speaking: string[]): string | undefined => {
      media.setSpeaking(speaking, 'me');
      return cells.activeSpeaker.value;
    };
    expect(active('me')).toBeUndefined();
    expect(active('a', 'me')).toBe('a');
    expect(active('b', 'a')).toBe('a');
    expect(active('me', 'c', 'b')).toBe('c');
    expect(active()).toBe('c');
    media.forget('c');
    expect(cells.activeSpeaker.value).toBeUndefined();
    expect(active('b')).toBe('b');
    media.clear();
    expect(cells.activeSpeaker.value).toBeUndefined();
  });

  it('says nothing when nothing changed', () => {
    const media = new MediaSlice(createCells());
    media.update('a', { camera: source('x'), microphone: 'on' });
    const before = media.of('a').value;
    media.update('a', { camera: source('x'), microphone: 'on' });
    expect(media.of('a').value).toBe(before);
  });

  it('takes a picture away without touching the rest', () => {
    const media = new MediaSlice(createCells());
    media.update('a', { camera: source('x'), microphone: 'on', quality: 'good' });
    media.update('a', { camera: undefined });
    expect(media.of('a').value).toEqual({ microphone: 'on', speaking: false, quality: 'good' });
    media.update('a', { microphone: 'muted' });
    expect(media.of('a').value.quality).toBe('good');
  });

  it('forgets somebody who is gone, also that they spoke', () => {
    const media = new MediaSlice(createCells());
    media.update('a', { camera: source('x'), microphone: 'on' });
    media.setSpeaking(['a']);
    media.forget('a');
    expect(media.of('a').value).toEqual({
      microphone: 'none',
      speaking: false,
      quality: 'unknown',
    });
    media.setSpeaking(['a']);
    expect(media.of('a').value.speaking).toBe(true);
  });
});
