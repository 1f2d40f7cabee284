import { html, nothing, type TemplateResult } from 'lit';
import type { DevicesState, Store, VideoSource } from '../../core/state.ts';
import type { EntranceTexts } from '../../locales/en-entrance.ts';
import { iconVideoOff } from '../device-icons.generated.ts';
import { isOn, renderDevice } from './device-button.ts';

/** What shows the own picture, with the toggles of microphone and camera below. */
export interface Preview {
  readonly store: Store;
  readonly devices: DevicesState;
  readonly texts: Pick<EntranceTexts, 'lobby' | 'devices'>;
  /** Who sees the picture, where that is worth a word. */
  readonly seen?: string | undefined;
}

// A device that does not start says so in `devices`, with what to do.
export function setDevice(store: Store, device: 'camera' | 'microphone', on: boolean): void {
  const started = device === 'camera' ? store.setCamera(on) : store.setMicrophone(on);
  void started.catch(() => undefined);
}

export function renderPreview({ store, devices, texts, seen }: Preview): TemplateResult {
  const { lobby } = texts;
  const starting = devices.camera.phase === 'starting';
  const toggle = (device: 'camera' | 'microphone'): TemplateResult =>
    renderDevice({
      device,
      state: devices[device],
      texts: texts.devices,
      toggle: () => setDevice(store, device, !isOn(store.devices.peek()[device])),
    });
  return html`<div class="preview" part="preview">
    ${
      devices.preview
        ? html`<video
            aria-label=${lobby.preview}
            autoplay
            playsinline
            muted
            disablepictureinpicture
          ></video>`
        : html`<div class="empty">
            ${iconVideoOff()}<span>${starting ? lobby.cameraStarting : lobby.cameraOff}</span>
          </div>`
    }
    ${seen === undefined ? nothing : html`<div class="seen">${seen}</div>`}
    <div class="devices">${toggle('microphone')} ${toggle('camera')}</div>
  </div>`;
}

/** Keeps one picture in one `<video>`, and takes it out of the one before. */
export class ShownVideo {
  #shown: { source: VideoSource; video: HTMLVideoElement } | undefined;

  show(source: VideoSource | undefined, video: HTMLVideoElement | null | undefined): void {
    if (source && video && this.#shown?.source === source && this.#shown.video === video) return;
    this.#shown?.source.detach(this.#shown.video);
    this.#shown = source && video ? { source, video } : undefined;
    if (!this.#shown) return;
    // The attribute of a template does not mute; only the property does.
    this.#shown.video.muted = true;
    this.#shown.source.attach(this.#shown.video);
  }
}
