import { assert } from '@open-wc/testing';
import { BrowserRecorder, recordingType } from '../../src/core/recording/browser-recorder.ts';
import { IndexedShelf } from '../../src/core/recording/indexed-shelf.ts';
import type { Scene } from '../../src/core/recording/scene.ts';
import type { VideoSource } from '../../src/core/state.ts';
import { waitUntil } from './harness.ts';

const server = 'https://example.com/meeting';
const room = 'acme';
let names = 0;
let keptTimes = 0;
let shelf: IndexedShelf;
let database: string;
let ends: (() => void)[] = [];

/** A camera that shows one colour. */
function camera(colour: string): VideoSource {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
  const context = canvas.getContext('2d');
  const paint = (): void => {
    if (!context) return;
    context.fillStyle = colour;
    context.fillRect(0, 0, 320, 180);
  };
  paint();
  const timer = setInterval(paint, 40);
  const stream = canvas.captureStream();
  ends.push(() => clearInterval(timer));
  return {
    id: colour,
    attach: (video) => void (video.srcObject = stream),
    detach: (video) => void (video.srcObject = null),
  };
}

/** A microphone that hears one tone. */
function microphone(hertz: number): MediaStreamTrack {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: hertz });
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
  tone.start();
  ends.push(() => void context.close());
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('no track');
  return track;
}

const two = (): Scene => ({
  people: [
    person('Ana', camera('#ff0000'), microphone(440)),
    person('Max', camera('#0000ff'), microphone(1_760)),
  ],
});

const person = (
  name: string,
  picture?: VideoSource,
  sound?: MediaStreamTrack,
): Scene['people'][number] => ({
  ...{ identity: name, name, isSpeaking: false },
  camera: picture,
  microphone: sound,
});

async function record(id: string, scene: Scene): Promise<BrowserRecorder> {
  const failed = (error: unknown): void => assert.fail(String(error));
  const kept = (): void => void (keptTimes += 1);
  return BrowserRecorder.start({ id, server, room }, { shelf, scene: () => scene, kept, failed });
}

async function secondsKept(seconds: number): Promise<void> {
  const isLong = async (): Promise<boolean> =>
    ((await shelf.list(server, room))[0]?.duration ?? 0) >= seconds;
  await waitUntil(isLong, `${seconds} s are kept`, { timeout: 20_000 });
}

async function play(bytes: Blob): Promise<HTMLVideoElement> {
  const video = Object.assign(document.createElement('video'), { muted: true });
  video.src = URL.createObjectURL(bytes);
  ends.push(() => URL.revokeObjectURL(video.src));
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error?.message));
  });
  return video;
}

async function seek(video: HTMLVideoElement, to: number): Promise<void> {
  const done = new Promise((resolve) => (video.onseeked = resolve));
  video.currentTime = to;
  await done;
}

function colourAt(video: HTMLVideoElement, x: number, y: number): readonly number[] {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d');
  context?.drawImage(video, 0, 0);
  return [...(context?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
}

/** How loud a tone is in what was recorded: the part of the energy at its frequency. */
async function loudness(bytes: Blob, hertz: number): Promise<number> {
  const context = new OfflineAudioContext(1, 48_000, 48_000);
  const sound = await context.decodeAudioData(await bytes.arrayBuffer());
  const start = Math.floor(sound.length / 2);
  const samples = sound.getChannelData(0).subarray(start, start + 9_600);
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, index) => {
    const angle = (2 * Math.PI * hertz * index) / sound.sampleRate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

describe('recording in the browser', () => {
  beforeEach(() => {
    database = `recordings-${(names += 1)}`;
    shelf = new IndexedShelf(database);
  });

  afterEach(() => {
    for (const end of ends) end();
    ends = [];
    indexedDB.deleteDatabase(database);
  });

  it('has the picture and the sound of everybody, the right duration, and seeks', async function () {
    this.timeout(60_000);
    const began = performance.now();
    const recorder = await record('r_1', two());
    await secondsKept(4);
    await recorder.stop();
    const took = (performance.now() - began) / 1_000;
    const [kept] = await shelf.list(server, room);
    assert.equal(kept?.state, 'complete');
    const bytes = await shelf.read('r_1');
    if (!bytes) throw new Error('nothing is kept');
    assert.equal(bytes.size, kept?.size);
    const video = await play(bytes);
    assert.isAtLeast(video.duration, 3);
    assert.isAtMost(video.duration, took + 1);
    for (const at of [3, 1, 2.5]) {
      await seek(video, at);
      assert.closeTo(video.currentTime, at, 0.2);
      const [red, , blue] = [colourAt(video, 320, 300), 0, colourAt(video, 960, 300)];
      assert.isAbove(red[0] ?? 0, 150, 'Ana is red');
      assert.isBelow(red[2] ?? 255, 100, 'Ana is red');
      assert.isAbove(blue[2] ?? 0, 150, 'Max is blue');
    }
    assert.isAbove(await loudness(bytes, 440), 0.1);
    assert.isAbove(await loudness(bytes, 1_760), 0.1);
    assert.isBelow(await loudness(bytes, 900), 0.03);
  });

  it('keeps each chunk at once, and plays what is kept before the end', async function () {
    this.timeout(60_000);
    const recorder = await record('r_2', two());
    await secondsKept(3);
    const other = new IndexedShelf(database);
    const [kept] = await other.list(server, room);
    assert.equal(kept?.state, 'running');
    assert.isFalse(await other.remove('r_2'), 'a running one is not deleted');
    const bytes = await other.read('r_2');
    if (!bytes || !kept) throw new Error('nothing is kept');
    const video = await play(bytes);
    await seek(video, 1.5);
    assert.isAbove(colourAt(video, 320, 300)[0] ?? 0, 150);
    assert.isAtLeast(video.duration, kept.duration - 2);
    assert.isAtLeast(keptTimes, 3, 'it says so each time');
    await recorder.stop();
    // Chunk by chunk it is the same: what is uploaded as it is made is read so.
    const whole = await other.read('r_2');
    const chunks: Blob[] = [];
    for (let got: readonly Blob[] = []; ; chunks.push(...got)) {
      got = await other.chunks('r_2', chunks.length);
      if (got.length === 0) break;
    }
    assert.isAtLeast(chunks.length, 3);
    assert.equal(await new Blob(chunks).text(), await whole?.text());
    assert.isTrue(await other.remove('r_2'));
    assert.deepEqual(await other.list(server, room), []);
    assert.isUndefined(await other.read('r_2'));
  });

  it('knows a type to record to', () => {
    assert.match(recordingType() ?? '', /^video\/(mp4|webm)/);
  });
});
