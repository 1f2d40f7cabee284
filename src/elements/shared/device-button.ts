import { html, nothing, type TemplateResult } from 'lit';
import type { DeviceState } from '../../core/state.ts';
import type { EntranceTexts } from '../../locales/en-entrance.ts';
import { iconMic, iconMicOff, iconVideo, iconVideoOff } from '../device-icons.generated.ts';

/** What a device button needs to know. */
export interface DeviceButton {
  readonly device: 'microphone' | 'camera';
  readonly state: DeviceState;
  readonly texts: EntranceTexts['devices'];
  /** The key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  /** Whether the Tab key stops here. */
  readonly tabbable?: boolean;
  readonly toggle: () => void;
}

/** Whether the device runs, or will at once. */
export const isOn = (state: DeviceState): boolean =>
  state.phase === 'on' || state.phase === 'starting';

/** The toggle of one device: neutral, with a slash when off, with a mark when it is blocked. */
export function renderDevice(button: DeviceButton): TemplateResult {
  const { device, state, texts, shortcut, tabbable = true, toggle } = button;
  const on = isOn(state);
  const [label, icon] =
    device === 'microphone'
      ? [on ? texts.mute : texts.unmute, on ? iconMic() : iconMicOff()]
      : [on ? texts.cameraOff : texts.cameraOn, on ? iconVideo() : iconVideoOff()];
  return html`<button
    class="device ${on ? 'on' : 'off'} ${state.phase}"
    part="${device}-button"
    data-stop=${device}
    type="button"
    tabindex=${tabbable ? 0 : -1}
    aria-label=${label}
    aria-busy=${state.phase === 'starting' ? 'true' : nothing}
    aria-keyshortcuts=${shortcut ?? nothing}
    data-tip=${shortcut ? `${label} (${shortcut})` : label}
    @click=${toggle}
  >
    ${icon}${
      state.phase === 'blocked' ? html`<span class="badge" aria-hidden="true">!</span>` : nothing
    }
  </button>`;
}
