/** The sound of many tracks in one, and a clock that goes on in a hidden tab. */
export class SoundMix {
  readonly #context = new AudioContext();
  readonly #out = this.#context.createMediaStreamDestination();
  readonly #inputs = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  get track(): MediaStreamTrack {
    const [track] = this.#out.stream.getAudioTracks();
    if (!track) throw new Error('An audio destination has a track.');
    return track;
  }

  /** @throws DOMException where the page may not make sound, for want of a gesture. */
  async start(): Promise<void> {
    await this.#context.resume();
  }

  /** Mixes exactly these from now on. */
  set(tracks: readonly MediaStreamTrack[]): void {
    const wanted = new Set(tracks);
    for (const [track, input] of this.#inputs) {
      if (wanted.has(track)) continue;
      input.disconnect();
      this.#inputs.delete(track);
    }
    for (const track of wanted) {
      if (this.#inputs.has(track)) continue;
      const input = this.#context.createMediaStreamSource(new MediaStream([track]));
      input.connect(this.#out);
      this.#inputs.set(track, input);
    }
  }

  /**
   * Calls `tick` `rate` times a second until `signal` aborts. Browsers slow a hidden tab's timers to
   * one tick a second, but not the ends of sounds, here silent ones; and no policy of the page
   * forbids them, as many do a worker.
   */
  beat(rate: number, tick: () => void, signal: AbortSignal): void {
    const next = (): void => {
      if (signal.aborted) return;
      const silence = this.#context.createConstantSource();
      silence.offset.value = 0;
      // A source that is connected to nothing never ends.
      silence.connect(this.#out);
      silence.onended = () => {
        silence.disconnect();
        next();
        if (!signal.aborted) tick();
      };
      silence.start();
      silence.stop(this.#context.currentTime + 1 / rate);
    };
    next();
  }

  async dispose(): Promise<void> {
    this.set([]);
    await this.#context.close();
  }
}
