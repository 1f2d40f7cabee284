import {
  batch,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from '@preact/signals-core';
import type { Participant } from '../protocol/participant.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Explanation } from '../protocol/permissions.ts';
import { explainIn } from './explain.ts';
import type { ScreenActName, ScreenEnd, ScreenShareState, ScreenStore } from './screen-state.ts';
import type { MediaSlice } from './slices/media.ts';
import type { Slices } from './slices.ts';
import type { VideoSource } from './state.ts';

/** Text is to be read: sharp pictures rather than many. */
const VIDEO: MediaTrackConstraints = { frameRate: { ideal: 15, max: 30 } };
/** A tab's sound, but not the whole system's: that would bring the call back to the others. */
const OPTIONS = { video: VIDEO, audio: true, systemAudio: 'exclude' } as const;

/** The own screen, and the facts of who shares theirs. Ends when it is no longer allowed. */
export class ScreenShare implements Pick<ScreenStore, ScreenActName> {
  readonly #slices: Pick<Slices, 'connection' | 'facts' | 'cells' | 'devices'>;
  readonly #media: Pick<MediaSlice, 'screens'>;
  readonly #state: Signal<ScreenShareState>;
  readonly #video = signal<MediaStreamTrack | undefined>(undefined);
  readonly #sound = signal<MediaStreamTrack | undefined>(undefined);
  readonly #preview = signal<VideoSource | undefined>(undefined);
  readonly #unwatch: readonly (() => void)[];
  #sharing: ReadonlyMap<string, Participant> = new Map();
  #reason: ScreenEnd = 'stopped';
  /** The latest wish wins: a screen that was taken for an earlier one is put away. */
  #turn = 0;

  constructor(
    slices: Pick<Slices, 'connection' | 'facts' | 'cells' | 'devices'>,
    media: Pick<MediaSlice, 'screens'>,
  ) {
    this.#slices = slices;
    this.#media = media;
    this.#state = slices.cells.screenShare;
    this.#unwatch = [effect(() => this.#obey()), effect(() => this.#tell())];
  }

  /** What there is to publish. */
  get video(): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#video;
  }

  get sound(): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#sound;
  }

  /** The own screen as this page may show it. */
  get preview(): ReadonlySignal<VideoSource | undefined> {
    return this.#preview;
  }

  async setScreenShare(on: boolean): Promise<void> {
    if (!on) return this.stop();
    this.#check();
    if (this.#state.peek().phase !== 'off') return;
    const turn = ++this.#turn;
    this.#state.value = Object.freeze({ phase: 'starting' });
    try {
      const stream = await capture();
      if (turn === this.#turn) this.#begin(stream);
      else end(stream);
    } catch (error) {
      if (turn === this.#turn) this.#end('stopped');
      if (!(error instanceof MeetingError)) throw error;
      this.#slices.facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }

  /** The own screen is shown no longer. */
  stop(): void {
    this.#end('stopped');
  }

  /** After a connection was lost: a picture that ended meanwhile, as none hears of, is shown no longer. */
  revive(): void {
    if (this.#video.peek()?.readyState === 'ended') this.#end('ended');
  }

  dispose(): void {
    this.stop();
    for (const unwatch of this.#unwatch) unwatch();
  }

  /** @param stream Nothing when the person took none. */
  #begin(stream: MediaStream | undefined): void {
    const [video] = stream?.getVideoTracks() ?? [];
    const [sound] = stream?.getAudioTracks() ?? [];
    if (!video) return this.#end('stopped');
    try {
      // It may have become forbidden while the person looked for the right window.
      this.#check();
    } catch (error) {
      end(stream);
      throw error;
    }
    video.contentHint = 'detail';
    video.addEventListener('ended', () => this.#video.peek() === video && this.#end('ended'));
    batch(() => {
      this.#video.value = video;
      this.#sound.value = sound;
      this.#preview.value = this.#slices.devices.pictureOf(video);
      this.#state.value = Object.freeze({ phase: 'on' });
    });
  }

  #end(reason: ScreenEnd): void {
    this.#turn += 1;
    if (this.#state.peek().phase === 'off') return;
    this.#reason = reason;
    this.#video.peek()?.stop();
    this.#sound.peek()?.stop();
    batch(() => {
      this.#video.value = undefined;
      this.#sound.value = undefined;
      this.#preview.value = undefined;
      this.#state.value = Object.freeze({ phase: 'off' });
    });
  }

  /** @throws MeetingError by which the server would refuse it. */
  #check(): void {
    const allowed = untracked(() => this.#explain());
    if (!allowed.allowed) throw new MeetingError(allowed.why, 'A screen may not be shared now.');
  }

  #obey(): void {
    if (this.#state.value.phase !== 'on') return;
    const allowed = this.#explain();
    if (allowed.allowed) return;
    this.#end(allowed.why === 'presenter-mode' ? 'presenter-mode' : 'stopped');
  }

  #explain(): Explanation {
    const { connection, cells } = this.#slices;
    const { roster, files } = cells;
    const participant = (identity: string) => cells.participants.of(identity);
    const { state, me, room } = connection;
    const known = { connection: state, me, room, roster, participant, files };
    return explainIn(known, 'screen-share', undefined, undefined);
  }

  /** LiveKit knows of screens; people are who the feed says. Who leaves takes their screen along. */
  #tell(): void {
    const { cells, connection } = this.#slices;
    const last = this.#sharing;
    const now = new Map<string, Participant>();
    for (const identity of this.#media.screens.value) {
      const participant = cells.participants.of(identity).value;
      if (participant) now.set(identity, plain(participant));
    }
    this.#sharing = now;
    const began = [...now.values()].filter(({ identity }) => !last.has(identity));
    const ended = [...last.values()].filter(
      ({ identity }) => !now.has(identity) && cells.participants.of(identity).peek(),
    );
    if (began.length === 0 && last.size === now.size) return;
    untracked(() => {
      cells.screens.value = Object.freeze([...now.keys()]);
      const self = connection.me.peek()?.identity;
      for (const participant of ended) {
        const own = participant.identity === self && { reason: this.#reason };
        this.#fact({ participant, on: false, ...own });
      }
      for (const participant of began) this.#fact({ participant, on: true });
    });
  }

  #fact(fact: { participant: Participant; on: boolean; reason?: ScreenEnd }): void {
    this.#slices.facts.tell({ type: 'screen-share-changed', ...fact });
  }
}

const plain = ({ identity, name, role, person }: Participant): Participant => ({
  ...{ identity, name, role, person },
});

function end(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/**
 * @returns undefined when the person took none.
 * @throws MeetingError `screen-denied`, `screen-unavailable`
 */
async function capture(): Promise<MediaStream | undefined> {
  // Phones have none, and browsers hide it all on pages that are not secure.
  const devices = globalThis.navigator?.mediaDevices as Partial<MediaDevices> | undefined;
  if (!devices?.getDisplayMedia) {
    throw new MeetingError('screen-unavailable', 'This browser shares no screens.');
  }
  try {
    return await devices.getDisplayMedia(OPTIONS);
  } catch (cause) {
    const { name, message } = cause instanceof DOMException ? cause : new DOMException();
    if (name !== 'NotAllowedError') {
      throw new MeetingError('screen-unavailable', `getDisplayMedia failed: ${name}`, { cause });
    }
    if (isRuledOut() || /system/i.test(message)) {
      throw new MeetingError('screen-denied', 'The system or the page around says no.', { cause });
    }
    return undefined;
  }
}

/** Whether the page around this one forbids it; where browsers don't say so, it counts as allowed. */
function isRuledOut(): boolean {
  const page = globalThis.document as
    | { featurePolicy?: { allowsFeature(name: string): boolean } }
    | undefined;
  return page?.featurePolicy?.allowsFeature('display-capture') === false;
}
