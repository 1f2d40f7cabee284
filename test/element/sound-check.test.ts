import { signal } from '@preact/signals-core';
import { assert } from '@open-wc/testing';
import { followLevel, playTest } from '../../src/core/sound-check.ts';
import { waitUntil } from './harness.ts';

/** A microphone that hears one tone of this loudness. */
function tone(context: AudioContext, loudness: number): MediaStreamTrack {
  const out = context.createMediaStreamDestination();
  const source = context.createOscillator();
  const volume = context.createGain();
  volume.gain.value = loudness;
  source.connect(volume).connect(out);
  source.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('There is no track.');
  return track;
}

describe('the level of a microphone', () => {
  it('follows what is heard, over a change of microphones, and is 0 without one', async () => {
    const context = new AudioContext();
    const life = new AbortController();
    const track = signal<MediaStreamTrack | undefined>(undefined);
    const levels: number[] = [];
    followLevel(track, (level) => levels.push(level), life.signal);
    try {
      await waitUntil(() => levels.length >= 3, 'it is told without a microphone');
      assert.isTrue(levels.every((level) => level === 0));
      track.value = tone(context, 0.1);
      // A tone of a tenth has an effective value of 0.07.
      await waitUntil(() => Math.abs((levels.at(-1) ?? 0) - 0.35) < 0.05, 'a soft tone');
      track.value = tone(context, 1);
      await waitUntil(() => levels.at(-1) === 1, 'a loud one, and no more than 1');
      track.value = undefined;
      await waitUntil(() => levels.at(-1) === 0, 'nothing any more');
      life.abort();
      const count = levels.length;
      track.value = tone(context, 1);
      const silent = new AbortController();
      const later: number[] = [];
      followLevel(signal(undefined), (level) => later.push(level), silent.signal);
      await waitUntil(() => later.length >= 3, 'time goes by');
      silent.abort();
      assert.lengthOf(levels, count, 'nobody is told after the end');
      followLevel(track, () => assert.fail('It had ended before it began.'), silent.signal);
    } finally {
      life.abort();
      await context.close();
    }
  });
});

describe('the test of a speaker', () => {
  it('sounds to its end, on the system’s own when the chosen one is gone, and closes after', async () => {
    const contexts: AudioContext[] = [];
    const Real = window.AudioContext;
    window.AudioContext = class extends Real {
      constructor() {
        super();
        contexts.push(this);
      }
    };
    try {
      await playTest(undefined);
      await playTest('gone');
    } finally {
      window.AudioContext = Real;
    }
    assert.deepEqual(
      contexts.map(({ state }) => state),
      ['closed', 'closed'],
    );
    assert.isAtLeast(contexts[0]?.currentTime ?? 0, 0.8, 'both notes were heard out');
  });
});
