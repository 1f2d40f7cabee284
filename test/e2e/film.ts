import type { Person } from './person.ts';

/** What is seen and heard in a recording. */
export interface Film {
  /** In seconds, as a video element says. */
  readonly duration: number;
  /** Whether there is a camera's picture in the middle of the left half, of the right half, of all. */
  readonly left: boolean;
  readonly right: boolean;
  readonly middle: boolean;
  /** How loud each half of a second is, as the root of its mean square. */
  readonly levels: readonly number[];
}

interface Keeper extends HTMLElement {
  recordings(): Promise<{
    here: { value: readonly { id: string }[] };
    read(id: string): Promise<Blob>;
  }>;
}

/** Plays and hears the latest recording that somebody's browser keeps. */
export const film = ({ page }: Person): Promise<Film> =>
  page.evaluate(async (): Promise<Film> => {
    const room = document.querySelector<Keeper>('meeting-room');
    const all = await room?.recordings();
    const bytes = await all?.read(all.here.value[0]?.id ?? '');
    if (!bytes) throw new Error('There is no recording.');
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(bytes);
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    const sought = new Promise((resolve) => (video.onseeked = resolve));
    video.currentTime = Math.min(3, video.duration / 2);
    await sought;
    const paper = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext('2d');
    paper?.drawImage(video, 0, 0);
    const isColour = (x: number, y: number): boolean => {
      const at = [Math.round(video.videoWidth * x), Math.round(video.videoHeight * y)] as const;
      const [red = 0, green = 0, blue = 0] = paper?.getImageData(...at, 1, 1).data ?? [];
      return Math.max(red, green, blue) - Math.min(red, green, blue) > 40;
    };
    /**
     * The stage and an empty tile are grey; the made-up camera is not, but for the disc that turns
     * in its middle: above it, below it and in it is looked.
     */
    const isPicture = (share: number): boolean =>
      [0.3, 0.4, 0.5, 0.6, 0.7].some((height) => isColour(share, height));
    const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(
      await bytes.arrayBuffer(),
    );
    const samples = sound.getChannelData(0);
    const step = sound.sampleRate / 2;
    const levels = Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
      const part = samples.subarray(index * step, (index + 1) * step);
      return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
    });
    return {
      duration: video.duration,
      left: isPicture(0.25),
      right: isPicture(0.75),
      middle: isPicture(0.5),
      levels,
    };
  });

/** The loudest half second between two times, in seconds. */
export const loudest = ({ levels }: Film, from: number, to: number): number =>
  Math.max(0, ...levels.slice(Math.floor(from * 2), Math.ceil(to * 2)));
