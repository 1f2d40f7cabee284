import { html, nothing, type TemplateResult } from 'lit';

/** A button of a row: an icon with a name. */
export function renderAction(
  name: string,
  icon: () => TemplateResult,
  act: () => unknown,
  { disabled = false, expanded }: { disabled?: boolean; expanded?: boolean } = {},
): TemplateResult {
  return html`<button
    class="icon-button"
    part="recording-button"
    type="button"
    aria-label=${name}
    title=${name}
    aria-disabled=${disabled ? 'true' : nothing}
    aria-expanded=${expanded === undefined ? nothing : String(expanded)}
    @click=${() => {
      if (!disabled) act();
    }}
  >
    ${icon()}
  </button>`;
}

/** Plays what `source` leads to, in place, with the browser's own controls. */
export const renderPlayer = (
  source: string,
  label: string,
  failed: (event: Event) => void,
): TemplateResult =>
  html`<video
    controls
    playsinline
    autoplay
    preload="metadata"
    crossorigin="anonymous"
    aria-label=${label}
    src=${source}
    @error=${failed}
  ></video>`;
