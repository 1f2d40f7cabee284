import { html, nothing, type TemplateResult } from 'lit';
import type { DevicesState, Store } from '../../core/state.ts';
import type { Texts } from '../../locales/en.ts';
import { browserOf, deviceHelp } from '../shared/device-help.model.ts';
import { setDevice } from '../shared/preview.ts';

/** What mends the devices that do not work; nothing when all do. */
export function renderHelp(
  devices: DevicesState,
  texts: Texts,
  store: Store,
): TemplateResult | typeof nothing {
  const blocked = (['camera', 'microphone'] as const).flatMap((device) => {
    const state = devices[device];
    return state.phase === 'blocked' ? [{ device, code: state.code }] : [];
  });
  if (blocked.length === 0) return nothing;
  const browser = browserOf(navigator.userAgent);
  const lines = new Set(blocked.map(({ code }) => deviceHelp(code, texts, browser)));
  const retry = (): void => {
    for (const { device } of blocked) setDevice(store, device, true);
  };
  return html`<div class="help" role="status">
    ${[...lines].map((line) => html`<div>${line}</div>`)} ${texts.door.anyway}
    <button type="button" @click=${retry}>${texts.help.retry}</button>
  </div>`;
}
