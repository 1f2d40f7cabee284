import type { VideoSource } from '../state.ts';
import { type Box, layOutScene, type RecordedPerson, type Scene } from './scene.ts';

const COLOURS = {
  stage: '#101114',
  tile: '#23262d',
  text: '#ffffff',
  speaking: '#5b8def',
} as const;
const FONT = 'system-ui, sans-serif';

/** Draws a scene: who is seen as a grid, named, who speaks marked, a shared screen beside them. */
export class Composite {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #videos = new Map<VideoSource, HTMLVideoElement>();

  constructor(width: number, height: number) {
    this.#canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('The browser has no canvas to draw on.');
    this.#context = context;
  }

  /** What is drawn, as a track; each drawing is a frame of it, at most `rate` a second. */
  track(rate: number): MediaStreamTrack {
    const [track] = this.#canvas.captureStream(rate).getVideoTracks();
    if (!track) throw new Error('A canvas has a track.');
    return track;
  }

  draw(scene: Scene): void {
    const { width, height } = this.#canvas;
    this.#watch(scene);
    const boxes = layOutScene(scene, width, height);
    this.#fill({ x: 0, y: 0, width, height }, COLOURS.stage);
    if (scene.screen && boxes.screen) this.#picture(scene.screen, boxes.screen, 'contain');
    scene.people.forEach((person, index) => {
      const box = boxes.people[index];
      if (box && box.width > 0) this.#person(person, box);
    });
  }

  dispose(): void {
    this.#watch({ people: [] });
  }

  /** Plays exactly the pictures of `scene`, each once. */
  #watch({ people, screen }: Scene): void {
    const wanted = new Set<VideoSource>(screen ? [screen] : []);
    for (const { camera } of people) if (camera) wanted.add(camera);
    for (const [source, video] of this.#videos) {
      if (wanted.has(source)) continue;
      source.detach(video);
      this.#videos.delete(source);
    }
    for (const source of wanted) {
      if (this.#videos.has(source)) continue;
      const video = document.createElement('video');
      Object.assign(video, { muted: true, playsInline: true, autoplay: true });
      this.#videos.set(source, video);
      source.attach(video);
      // Refused until there is a picture; `autoplay` plays it then.
      video.play().catch(() => {});
    }
  }

  #person(person: RecordedPerson, box: Box): void {
    this.#fill(box, COLOURS.tile);
    const isSeen = person.camera && this.#picture(person.camera, box, 'cover');
    if (!isSeen) this.#initial(person.name, box);
    this.#name(person.name, box);
    if (!person.isSpeaking) return;
    this.#context.lineWidth = 4;
    this.#context.strokeStyle = COLOURS.speaking;
    this.#context.strokeRect(box.x + 2, box.y + 2, box.width - 4, box.height - 4);
  }

  /** @returns whether there was a picture to draw. */
  #picture(source: VideoSource, box: Box, fit: 'contain' | 'cover'): boolean {
    const video = this.#videos.get(source);
    if (!video || video.videoWidth === 0 || video.readyState < video.HAVE_CURRENT_DATA)
      return false;
    const ratios = [box.width / video.videoWidth, box.height / video.videoHeight] as const;
    const scale = fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(box.x, box.y, box.width, box.height);
    context.clip();
    const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
    context.drawImage(video, x, y, width, height);
    context.restore();
    return true;
  }

  #initial(name: string, box: Box): void {
    const [first] = new Intl.Segmenter().segment(name.trim());
    const context = this.#context;
    context.font = `600 ${Math.round(box.height / 4)}px ${FONT}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = COLOURS.text;
    const initial = first?.segment.toLocaleUpperCase() ?? '';
    context.fillText(initial, box.x + box.width / 2, box.y + box.height / 2);
  }

  #name(name: string, box: Box): void {
    const context = this.#context;
    const size = Math.max(12, Math.round(box.height / 20));
    context.font = `400 ${size}px ${FONT}`;
    context.textAlign = 'start';
    context.textBaseline = 'middle';
    const room = box.width - 4 * size;
    const width = Math.min(context.measureText(name).width, room);
    const scrim = { x: box.x + size / 2, y: box.y + box.height - size * 2.3 };
    this.#fill({ ...scrim, width: width + size, height: size * 1.8 }, 'rgb(0 0 0 / 60%)');
    context.fillStyle = COLOURS.text;
    if (name) context.fillText(name, scrim.x + size / 2, scrim.y + size * 0.9, room);
  }

  #fill({ x, y, width, height }: Box, colour: string): void {
    this.#context.fillStyle = colour;
    this.#context.fillRect(x, y, width, height);
  }
}
