import { computed, effect } from '@preact/signals-core';
import type { Slices } from './slices.ts';
import { DEVICE_LIST, type DeviceInfo, type DeviceList } from './device-state.ts';

const KINDS: Readonly<Record<MediaDeviceKind, keyof DeviceList>> = {
  videoinput: 'cameras',
  audioinput: 'microphones',
  audiooutput: 'speakers',
};

/** Keeps the list of devices right while somebody watches it: they come and go as plugs do. */
export class DeviceWatch {
  readonly #slices: Pick<Slices, 'cells' | 'devices'>;
  readonly #life = new AbortController();
  #watch = new AbortController();

  constructor(slices: Pick<Slices, 'cells' | 'devices'>) {
    this.#slices = slices;
    const { cells, devices } = slices;
    const wanted = computed(() => {
      if (!cells.demand.counts.value.has(DEVICE_LIST)) return undefined;
      // Their names are told only to who may use them: asked anew when one was started.
      const { camera, microphone } = devices.state.value;
      return `${camera.phase} ${microphone.phase}`;
    });
    const stop = effect(() => this.#turn(wanted.value !== undefined));
    this.#life.signal.addEventListener('abort', stop, { once: true });
  }

  dispose(): void {
    this.#watch.abort();
    this.#life.abort();
  }

  #turn(isWanted: boolean): void {
    this.#watch.abort();
    // Browsers hide mediaDevices on pages that are not secure; then there is nothing to choose from.
    const media = globalThis.navigator?.mediaDevices as MediaDevices | undefined;
    if (!isWanted || !media) return;
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    const list = (): void => void this.#list(media, signal);
    media.addEventListener('devicechange', list, { signal });
    list();
  }

  /** Never rejects: a browser that does not tell has no list. */
  async #list(media: MediaDevices, signal: AbortSignal): Promise<void> {
    const infos = await media.enumerateDevices().catch(() => []);
    if (signal.aborted) return;
    const lists = { cameras: [], microphones: [], speakers: [] } as Record<
      keyof DeviceList,
      DeviceInfo[]
    >;
    for (const { kind, deviceId: id, label } of infos) {
      // Chromium's second entries for what the system prefers; without permission, one without an id.
      if (id === '' || id === 'default' || id === 'communications') continue;
      lists[KINDS[kind]].push(Object.freeze({ id, label }));
    }
    if (!canChooseSpeaker()) lists.speakers = [];
    this.#slices.cells.deviceList.value = Object.freeze(lists);
  }
}

const canChooseSpeaker = (): boolean =>
  'setSinkId' in (globalThis.HTMLMediaElement?.prototype ?? {});
