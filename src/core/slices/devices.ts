import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { type BrowserErrorCode, MeetingError } from '../../protocol/meeting-error.ts';
import type { DeviceState, DevicesState, VideoSource } from '../state.ts';
import { DeviceChoiceSlice } from './device-choice.ts';

export type DeviceKind = 'camera' | 'microphone';

// What a meeting needs; the browser picks the nearest that the device can do.
const CONSTRAINTS: Record<DeviceKind, MediaTrackConstraints> = {
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};
const MEDIA = { camera: 'video', microphone: 'audio' } as const;

const OFF: DeviceState = Object.freeze({ phase: 'off' });

/**
 * The page's own camera and microphone, by getUserMedia alone, so that the join screen can show
 * them before the engine is loaded. A camera that is off is stopped, and its light goes out.
 */
export class DevicesSlice {
  readonly #state: Signal<DevicesState> = signal(
    Object.freeze({ camera: OFF, microphone: OFF, audioBlocked: false }),
  );
  readonly #tracks = {
    camera: signal<MediaStreamTrack | undefined>(undefined),
    microphone: signal<MediaStreamTrack | undefined>(undefined),
  };
  // The latest wish per device wins: an answer to an earlier one is put away.
  readonly #turns = { camera: 0, microphone: 0 };
  readonly #choice: DeviceChoiceSlice;
  /** In a call, the microphone is muted instead of stopped, so that unmuting is instant. */
  #inCall = false;

  constructor(choice = new DeviceChoiceSlice()) {
    this.#choice = choice;
  }

  get state(): ReadonlySignal<DevicesState> {
    return this.#state;
  }

  /** What there is to publish; a muted microphone keeps its track. */
  track(kind: DeviceKind): ReadonlySignal<MediaStreamTrack | undefined> {
    return this.#tracks[kind];
  }

  /** A track of this page's own as a picture, whatever it shows. */
  pictureOf(track: MediaStreamTrack): VideoSource {
    return previewOf(track);
  }

  setInCall(inCall: boolean): void {
    this.#inCall = inCall;
  }

  setAudioBlocked(audioBlocked: boolean): void {
    if (this.#state.peek().audioBlocked !== audioBlocked) this.#change({ audioBlocked });
  }

  /**
   * Turns a device on or off.
   * @throws MeetingError `insecure-page`, or `camera-` or `microphone-` with `denied`, `missing`,
   * `in-use`. The state says the same.
   */
  async set(kind: DeviceKind, on: boolean): Promise<void> {
    const turn = ++this.#turns[kind];
    const track = this.#tracks[kind].peek();
    if (!on) {
      if (kind === 'microphone' && this.#inCall && track) this.#mute(track);
      else this.#stop(kind);
      return;
    }
    if (track?.readyState === 'live') {
      track.enabled = true;
      this.#change({ [kind]: { phase: 'on' } });
      return;
    }
    await this.#start(kind, turn);
  }

  /**
   * Takes another device: at once where one is on, else when it is turned on.
   * @throws MeetingError as `set`.
   */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    this.#choice.set(kind, id);
    const { phase } = this.#state.peek()[kind];
    const wasOn = phase === 'on' || phase === 'starting';
    if (!wasOn && !this.#tracks[kind].peek()) return;
    const turn = ++this.#turns[kind];
    // First the one, then the other: some browsers hold one microphone at a time.
    this.#stop(kind);
    if (wasOn) await this.#start(kind, turn);
  }

  /** Starts again what should be on but has ended, as when the page slept. Failures show in state. */
  async revive(): Promise<void> {
    const dead = (['camera', 'microphone'] as const).filter(
      (kind) => this.#tracks[kind].peek()?.readyState === 'ended',
    );
    await Promise.all(
      dead.map(async (kind) => {
        const on = this.#state.peek()[kind].phase === 'on';
        this.#stop(kind);
        // The state tells the person; there is nobody else to tell.
        if (on) await this.set(kind, true).catch((error: unknown) => this.#blocked(kind, error));
      }),
    );
  }

  /** Everything off, lights out. */
  stop(): void {
    for (const kind of ['camera', 'microphone'] as const) {
      this.#turns[kind] += 1;
      this.#stop(kind);
    }
    this.#inCall = false;
  }

  async #start(kind: DeviceKind, turn: number): Promise<void> {
    this.#change({ [kind]: { phase: 'starting' } });
    try {
      const track = await open(kind, this.#choice.state.peek()[kind]);
      if (turn !== this.#turns[kind]) {
        track.stop();
        return;
      }
      track.addEventListener('ended', () => void this.#ended(kind, track), { once: true });
      batch(() => {
        this.#tracks[kind].value = track;
        this.#change({ [kind]: { phase: 'on' } });
        if (kind === 'camera') this.#change({ preview: previewOf(track) });
      });
    } catch (cause) {
      const error = deviceError(kind, cause);
      if (turn === this.#turns[kind]) this.#blocked(kind, error);
      throw error;
    }
  }

  #mute(track: MediaStreamTrack): void {
    track.enabled = false;
    this.#change({ microphone: OFF });
  }

  #stop(kind: DeviceKind): void {
    this.#tracks[kind].peek()?.stop();
    this.#close(kind, OFF);
  }

  #blocked(kind: DeviceKind, error: unknown): void {
    this.#close(kind, { phase: 'blocked', code: deviceError(kind, error).code });
  }

  #close(kind: DeviceKind, state: DeviceState): void {
    batch(() => {
      this.#tracks[kind].value = undefined;
      this.#change({ [kind]: state });
      if (kind === 'camera') this.#change({ preview: undefined });
    });
  }

  /** Unplugged, or the permission was taken back: `stop()` of our own fires no `ended`. */
  async #ended(kind: DeviceKind, track: MediaStreamTrack): Promise<void> {
    if (this.#tracks[kind].peek() !== track) return;
    const turn = ++this.#turns[kind];
    this.#close(kind, { phase: 'blocked', code: `${kind}-missing` });
    if ((await permission(kind)) === 'denied' && turn === this.#turns[kind]) {
      this.#change({ [kind]: { phase: 'blocked', code: `${kind}-denied` } });
    }
  }

  #change(
    change: Partial<Omit<DevicesState, 'preview'>> & { preview?: VideoSource | undefined },
  ): void {
    const { preview, ...rest } = { ...this.#state.peek(), ...change };
    this.#state.value = Object.freeze({ ...rest, ...(preview && { preview }) });
  }
}

/** @param id Of the device that is wanted; another one when it is not there. */
async function open(kind: DeviceKind, id: string | undefined): Promise<MediaStreamTrack> {
  // Browsers hide mediaDevices on pages that are not secure.
  const devices = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new MeetingError('insecure-page', 'The page has no navigator.mediaDevices.');
  const wanted = { ...CONSTRAINTS[kind], ...(id !== undefined && { deviceId: { ideal: id } }) };
  const stream = await devices.getUserMedia({ [MEDIA[kind]]: wanted });
  const [track] = stream.getTracks();
  if (!track)
    throw new MeetingError(`${kind}-missing`, 'getUserMedia gave a stream without tracks.');
  return track;
}

/** What the browser remembers of the permission; undefined where it can't be asked. */
async function permission(kind: DeviceKind): Promise<PermissionState | undefined> {
  try {
    return (await navigator.permissions.query({ name: kind })).state;
  } catch {
    // Firefox and Safari don't know these names: then the device counts as missing.
    return undefined;
  }
}

const CODES: Readonly<Record<string, 'denied' | 'missing' | 'in-use'>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
};

function deviceError(kind: DeviceKind, cause: unknown): MeetingError {
  if (cause instanceof MeetingError) return cause;
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  const code: BrowserErrorCode = `${kind}-${CODES[name] ?? 'in-use'}`;
  return new MeetingError(code, `getUserMedia failed: ${name}`, { cause });
}

function previewOf(track: MediaStreamTrack): VideoSource {
  return Object.freeze({
    id: track.id,
    attach(video: HTMLVideoElement) {
      video.muted = true;
      video.autoplay = true;
      video.playsInline = true;
      video.srcObject = new MediaStream([track]);
    },
    detach(video: HTMLVideoElement) {
      const shown = video.srcObject;
      if (shown instanceof MediaStream && shown.getTracks().includes(track)) video.srcObject = null;
    },
  });
}
