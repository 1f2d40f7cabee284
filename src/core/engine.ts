import { computed, effect } from '@preact/signals-core';
import type { Link, LinkHearer, MakeLink } from './livekit/port.ts';
import type { CallSlices } from './call-slices.ts';

/** The link to LiveKit, made on first use, and its wires to the slices. */
export class Engine {
  readonly #slices: CallSlices;
  readonly #load: () => Promise<MakeLink>;
  readonly #hearState: LinkHearer['state'];
  readonly #unwire: (() => void)[] = [];
  #link: Promise<Link> | undefined;
  #disposed = false;

  constructor(slices: CallSlices, load: () => Promise<MakeLink>, hearState: LinkHearer['state']) {
    this.#slices = slices;
    this.#load = load;
    this.#hearState = hearState;
    this.#unwire.push(effect(() => this.#showSelf()));
  }

  /**
   * The one link of this room.
   * @throws MeetingError `engine-unavailable`; the next call tries again.
   */
  async link(): Promise<Link> {
    this.#link ??= this.#make();
    try {
      return await this.#link;
    } catch (error) {
      this.#link = undefined;
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    const link = await this.#made();
    await link?.disconnect();
  }

  async startAudio(): Promise<void> {
    const link = await this.#made();
    await link?.startAudio();
  }

  dispose(): void {
    this.#disposed = true;
    for (const end of this.#unwire) end();
    void this.#made().then((link) => link?.dispose());
  }

  /** The link, if there is or will be one. Never rejects: a failed one counts as none. */
  async #made(): Promise<Link | undefined> {
    try {
      return await this.#link;
    } catch {
      // Whoever asked for it by `link` was told.
      return undefined;
    }
  }

  async #make(): Promise<Link> {
    const make = await this.#load();
    const { devices, deviceChoice, people, screen } = this.#slices;
    const link = make(this.#hearer());
    if (this.#disposed) return link;
    const muted = {
      camera: computed(() => devices.state.value.camera.phase !== 'on'),
      microphone: computed(() => devices.state.value.microphone.phase !== 'on'),
    };
    this.#unwire.push(
      effect(() => link.setRoster(people.roster.value)),
      effect(() => link.setSpeaker(deviceChoice.state.value.speaker)),
      effect(() => link.setTrack('camera', devices.track('camera').value, muted.camera.value)),
      effect(() =>
        link.setTrack('microphone', devices.track('microphone').value, muted.microphone.value),
      ),
      effect(() => link.setTrack('screen', screen.video.value, false)),
      effect(() => link.setTrack('screen-sound', screen.sound.value, false)),
    );
    return link;
  }

  #hearer(): LinkHearer {
    const { media, people, devices, connection } = this.#slices;
    return {
      state: this.#hearState,
      media: (identity, change) => media.update(identity, change),
      mediaGone: (identity) => media.forget(identity),
      speaking: (identities) => media.setSpeaking(identities, connection.me.peek()?.identity),
      machine: (machine) => people.putMachine(machine),
      machineGone: (identity) => people.removeMachine(identity),
      audioBlocked: (blocked) => devices.setAudioBlocked(blocked),
    };
  }

  /** One's own pictures and microphone are shown as the devices have them, without a round trip. */
  #showSelf(): void {
    const { connection, devices, media, screen } = this.#slices;
    const { preview, microphone } = devices.state.value;
    const track = devices.track('microphone').value;
    const me = connection.me.value;
    if (!me) return;
    const sound = microphone.phase === 'on' ? 'on' : track ? 'muted' : 'none';
    const own = { camera: preview, screen: screen.preview.value, microphone: sound } as const;
    media.update(me.identity, own);
  }
}
