import type { VideoSource } from '../state.ts';

/** Somebody who is seen and heard in a recording. */
export interface RecordedPerson {
  readonly identity: string;
  readonly name: string;
  readonly camera?: VideoSource | undefined;
  readonly microphone?: MediaStreamTrack | undefined;
  readonly isSpeaking: boolean;
}

/** What a recording shows at a moment. */
export interface Scene {
  readonly people: readonly RecordedPerson[];
  readonly screen?: VideoSource | undefined;
  /** What is heard beside the people: the sound of shared screens. */
  readonly sounds?: readonly MediaStreamTrack[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 8;
const RATIO = 16 / 9;

/**
 * The largest equal boxes of 16:9 for `count` people within `area`, rows centred. Whole pixels: half
 * ones are blurred by the codec.
 */
export function layOut(count: number, area: Box): readonly Box[] {
  if (count === 0) return [];
  let best = { width: 0, columns: 1 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const wide = (area.width - GAP * (columns + 1)) / columns;
    const high = (area.height - GAP * (rows + 1)) / rows;
    const width = Math.max(0, Math.floor(Math.min(wide, high * RATIO)));
    if (width > best.width) best = { width, columns };
  }
  const { width, columns } = best;
  const height = Math.floor(width / RATIO);
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * height - (rows - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const start = area.x + (area.width - inRow * width - (inRow - 1) * GAP) / 2;
    const x = Math.round(start + (index % columns) * (width + GAP));
    return { x, y: Math.round(top + row * (height + GAP)), width, height };
  });
}

/** With a shared screen, it has the picture, and people a column at its end. */
export function layOutScene(scene: Scene, width: number, height: number): SceneBoxes {
  const whole = { x: 0, y: 0, width, height };
  if (!scene.screen) return { people: layOut(scene.people.length, whole) };
  const side = scene.people.length > 0 ? Math.round(width / 5) : 0;
  return {
    screen: { x: 0, y: 0, width: width - side, height },
    people: layOut(scene.people.length, { x: width - side, y: 0, width: side, height }),
  };
}

export interface SceneBoxes {
  readonly screen?: Box;
  readonly people: readonly Box[];
}

/** Who may be in the recording: with `ask`, only who has said yes. */
export function withConsent(
  people: readonly RecordedPerson[],
  consent: 'tell' | 'ask',
  agreed: ReadonlySet<string>,
): readonly RecordedPerson[] {
  return consent === 'tell' ? people : people.filter(({ identity }) => agreed.has(identity));
}
