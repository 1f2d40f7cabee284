import { html, nothing, type TemplateResult } from 'lit';
import type { RoomContext } from '../../controllers/room-context.ts';
import type { ScreenShareState } from '../../core/screen-state.ts';
import type { Texts } from '../../locales/en.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';
import { iconScreenShare } from '../icons.generated.ts';
import { explain } from '../shared/errors.model.ts';

/** What the toggle of the own screen needs to know. */
export interface ShareView {
  readonly sharing: ScreenShareState['phase'];
  /** Why one may not share now. */
  readonly whyNot: ErrorCode | undefined;
}

/** Phones have nothing to share a screen by, and browsers hide it on pages that are not secure. */
export const canShare = (): boolean =>
  typeof (navigator.mediaDevices as MediaDevices | undefined)?.getDisplayMedia === 'function';

export function shareView({ store }: RoomContext): ShareView {
  const allowed = store.explain('screen-share');
  return {
    sharing: store.screenShare.value.phase,
    whyNot: allowed.allowed ? undefined : allowed.why,
  };
}

/** Begins or ends it, where that is allowed. Failures are told by a toast. */
export function toggleShare(view: ShareView & Pick<RoomContext, 'store'>): void {
  if (view.whyNot) return;
  void view.store.setScreenShare(view.sharing === 'off').catch(() => undefined);
}

/** What the toggle says: its name, and why it does nothing now. */
function wordsOf({ sharing, whyNot }: ShareView, texts: Texts): { label: string; why?: string } {
  const label = sharing === 'off' ? texts.screen.share : texts.screen.stop;
  return whyNot ? { label, why: explain(whyNot, texts).title } : { label };
}

export function renderShare(
  view: ShareView,
  texts: Texts,
  tabbable: boolean,
  toggle: () => void,
): TemplateResult {
  const { label, why } = wordsOf(view, texts);
  return html`<button
    class="device share ${{ off: '', starting: 'starting', on: 'open' }[view.sharing]}"
    part="screen-button"
    data-stop="screen"
    type="button"
    tabindex=${tabbable ? 0 : -1}
    aria-label=${label}
    aria-description=${why ?? nothing}
    aria-disabled=${why ? 'true' : nothing}
    aria-busy=${view.sharing === 'starting' ? 'true' : nothing}
    data-tip=${why ?? label}
    @click=${toggle}
  >
    ${iconScreenShare()}
  </button>`;
}

/** The same as an item of a menu. */
export function renderShareItem(view: ShareView, texts: Texts, toggle: () => void): TemplateResult {
  const { label, why } = wordsOf(view, texts);
  return html`<button
    class="item"
    part="menu-item"
    role="menuitem"
    type="button"
    tabindex="-1"
    aria-label=${label}
    aria-description=${why ?? nothing}
    aria-disabled=${why ? 'true' : nothing}
    @click=${toggle}
  >
    ${iconScreenShare()}<span class="title"
      >${label}${why ? html`<small>${why}</small>` : nothing}</span
    >
  </button>`;
}
