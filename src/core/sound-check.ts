import { effect, type ReadonlySignal } from '@preact/signals-core';

/** Between two looks at how loud it is, in ms. */
const EVERY = 60;
/** Speech at arm's length has an effective value of some 0.1; the meter should use its length. */
const GAIN = 5;
/** Two soft notes, a fifth apart: Hz, and when each begins, in s. */
const NOTES = [
  { pitch: 440, at: 0 },
  { pitch: 660, at: 0.25 },
];
const NOTE_LENGTH = 0.6;

/** Tells how loud a microphone is, 0 to 1, until `signal` aborts; 0 while there is none. */
export function followLevel(
  track: ReadonlySignal<MediaStreamTrack | undefined>,
  hear: (level: number) => void,
  signal: AbortSignal,
): void {
  if (signal.aborted) return;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  const samples = new Float32Array(analyser.fftSize);
  let source: MediaStreamAudioSourceNode | undefined;
  const stop = effect(() => {
    source?.disconnect();
    const heard = track.value;
    source = heard && context.createMediaStreamSource(new MediaStream([heard]));
    source?.connect(analyser);
  });
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    hear(source ? Math.min(1, Math.sqrt(power) * GAIN) : 0);
  }, EVERY);
  const end = (): void => {
    clearInterval(timer);
    stop();
    void context.close();
  };
  signal.addEventListener('abort', end, { once: true });
}

/**
 * Plays a short sound on a speaker. Resolves when it is over.
 *
 * @param speaker Of the browser's list; the system's own when it is undefined or gone.
 */
export async function playTest(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  const audio = new Audio();
  try {
    const out = context.createMediaStreamDestination();
    audio.srcObject = out.stream;
    if (speaker !== undefined && 'setSinkId' in audio)
      await audio.setSinkId(speaker).catch(() => {});
    await audio.play();
    await Promise.all(NOTES.map(({ pitch, at }) => note(context, out, pitch, at)));
  } finally {
    audio.pause();
    audio.srcObject = null;
    await context.close();
  }
}

function note(context: AudioContext, out: AudioNode, pitch: number, at: number): Promise<void> {
  const start = context.currentTime + at;
  const end = start + NOTE_LENGTH;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.3, start + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  tone.connect(volume).connect(out);
  tone.start(start);
  tone.stop(end);
  return new Promise((resolve) => tone.addEventListener('ended', () => resolve(), { once: true }));
}
