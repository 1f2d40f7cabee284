import { effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Answer } from '../protocol/routes.ts';
import type { Link } from './livekit/port.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';
import type { DevicesSlice } from './slices/devices.ts';
import type { Way } from './way.ts';

type Media = NonNullable<Answer<'knock-camera'>['media']>;

export interface KnockCameraPorts {
  readonly way: Way;
  readonly page: Page;
  readonly devices: DevicesSlice;
  link(): Promise<Link>;
  /** The server knows it now: hosts may look, or no longer. */
  told(on: boolean): void;
}

/** The own camera as hosts see it while one waits, however often the network is lost. */
export class KnockCamera {
  readonly #ports: KnockCameraPorts;
  readonly #pause = new Pause();
  readonly #unwatch: () => void;
  /** The present wish. A later one ends it, as does the end of the waiting. */
  #wish = new AbortController();
  #isShown = false;
  #link: Link | undefined;
  #lose: () => void = () => {};

  constructor(ports: KnockCameraPorts) {
    this.#ports = ports;
    const track = ports.devices.track('camera');
    this.#unwatch = effect(() => {
      if (!track.value) this.#cameraGone();
    });
  }

  /**
   * Shows oneself, or no longer. What has to do with the device is done first.
   * @throws MeetingError with the camera's code, or why the server could not be asked.
   */
  async set(on: boolean): Promise<void> {
    const signal = this.#begin();
    if (on) await this.#show(signal);
    else await this.#hide(signal);
  }

  /** Shows oneself again, as before a reload. Never rejects: the devices say why it can't be. */
  async restore(): Promise<void> {
    const signal = this.#begin();
    const [started] = await Promise.allSettled([this.#ports.devices.set('camera', true)]);
    if (signal.aborted) return;
    this.#isShown = started.status === 'fulfilled';
    await (this.#isShown ? this.#keep(undefined, signal) : this.#keepTelling(signal));
  }

  /** What the engine says of its connection. */
  linkState(state: 'connected' | 'reconnecting' | 'lost'): void {
    if (state === 'lost') this.#lose();
  }

  /** Tries again at once. */
  wake(): void {
    this.#pause.wake();
  }

  /** Shown no more, without a word to the server; the camera runs on, for the call. */
  close(): void {
    this.#unwatch();
    this.#isShown = false;
    this.#end();
  }

  async #show(signal: AbortSignal): Promise<void> {
    const { devices } = this.#ports;
    const wasOn = devices.track('camera').peek() !== undefined;
    await devices.set('camera', true);
    if (signal.aborted) return;
    try {
      const media = await this.#askMedia(signal);
      if (signal.aborted) return;
      this.#isShown = true;
      void this.#keep(media, signal);
    } catch (error) {
      if (signal.aborted) return;
      // Nobody sees it, so it need not run.
      if (!wasOn) await devices.set('camera', false);
      throw error;
    }
  }

  async #hide(signal: AbortSignal): Promise<void> {
    this.#isShown = false;
    await this.#ports.devices.set('camera', false);
    try {
      await this.#ask(false, signal);
    } catch (error) {
      if (signal.aborted) return;
      void this.#keepTelling(signal, 1);
      throw error;
    }
  }

  /** Unplugged, or turned off by whoever turns off cameras. */
  #cameraGone(): void {
    if (!this.#isShown) return;
    const signal = this.#begin();
    this.#isShown = false;
    void this.#keepTelling(signal);
  }

  /** Tells the server until it knows that there is nothing to see. Never rejects. */
  async #keepTelling(signal: AbortSignal, attempts = 0): Promise<void> {
    const { page } = this.#ports;
    for (let attempt = attempts; !signal.aborted; attempt += 1) {
      if (attempt > 0) await this.#pause.wait(retryDelay(attempt - 1, undefined, page), signal);
      if (signal.aborted) return;
      try {
        await this.#ask(false, signal);
        return;
      } catch (error) {
        // The waiting is over, so nobody looks; the feed tells.
        if (isFinal(error)) return;
      }
    }
  }

  /** Keeps the picture up, each time by a fresh token. Never rejects. */
  async #keep(first: Media | undefined, signal: AbortSignal): Promise<void> {
    const { page } = this.#ports;
    let media = first;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      let failure: unknown;
      try {
        await this.#connect(media ?? (await this.#askMedia(signal)), signal, () => (attempt = 0));
      } catch (error) {
        // As above.
        if (isFinal(error)) return;
        failure = error;
      }
      media = undefined;
      await this.#pause.wait(retryDelay(attempt, failure, page), signal);
    }
  }

  /** Resolves when the connection is lost, or the wish is over. */
  async #connect(
    { door, token }: Media,
    signal: AbortSignal,
    connected: () => void,
  ): Promise<void> {
    const link = await this.#ports.link();
    signal.throwIfAborted();
    this.#link = link;
    await link.disconnect();
    const lost = new Promise<void>((resolve) => (this.#lose = resolve));
    await link.connect(door, token, signal, ['camera']);
    connected();
    await lost;
  }

  async #askMedia(signal: AbortSignal): Promise<Media> {
    const { media } = await this.#ask(true, signal);
    if (media) return media;
    throw new MeetingError('answer-unreadable', 'The answer to knock-camera has no media.');
  }

  async #ask(on: boolean, signal: AbortSignal): Promise<Answer<'knock-camera'>> {
    const { way, told } = this.#ports;
    const { api, room, session } = way;
    const answer = await api.call('knock-camera', room, { on }, { session, signal });
    if (!signal.aborted) told(on);
    return answer;
  }

  #begin(): AbortSignal {
    this.#end();
    this.#wish = new AbortController();
    return this.#wish.signal;
  }

  #end(): void {
    this.#wish.abort();
    this.#lose();
    void this.#link?.disconnect();
    this.#link = undefined;
  }
}
