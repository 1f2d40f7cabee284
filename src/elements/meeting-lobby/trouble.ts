import { html, nothing, type TemplateResult } from 'lit';
import type { DevicesState } from '../../core/state.ts';
import { complete } from '../../locales/complete.ts';
import type { RoomLocale } from '../../locales/locale.ts';
import type { ErrorCode, MeetingError } from '../../protocol/meeting-error.ts';
import { browserOf, deviceHelp } from '../shared/device-help.model.ts';
import { explain } from '../shared/errors.model.ts';

/** Why one does not get in, and what mends it. Fetched when there is trouble. */
export function renderProblem(error: MeetingError, locale: RoomLocale): TemplateResult {
  const { title, text } = explain(error.code, complete(locale).texts);
  return html`<strong>${title}</strong><span>${error.reason ?? text}</span>`;
}

/** What mends the devices that do not work; nothing when all do. */
export function renderHelp(
  { camera, microphone }: DevicesState,
  locale: RoomLocale,
  retry: () => void,
): TemplateResult | typeof nothing {
  const codes = [camera, microphone].flatMap((device): ErrorCode[] =>
    device.phase === 'blocked' ? [device.code] : [],
  );
  if (codes.length === 0) return nothing;
  const { texts } = complete(locale);
  const browser = browserOf(navigator.userAgent);
  const lines = new Set(codes.map((code) => deviceHelp(code, texts, browser)));
  return html`<div class="help" role="status">
    ${[...lines].map((line) => html`<div>${line}</div>`)} ${texts.lobby.anyway}
    <button type="button" @click=${retry}>${texts.help.retry}</button>
  </div>`;
}
