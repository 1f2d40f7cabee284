import type { UploadState } from '../../core/file-state.ts';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { files } from '../../locales/en-files.ts';
import { iconRefreshCw, iconUpload, iconX } from '../icons.generated.ts';
import { explain } from '../shared/errors.model.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { formatPercent, formatSize } from '../shared/sizes.ts';
import { splitName } from './meeting-files.model.ts';
import { row } from './row.styles.ts';
import { uploadBar } from '../shared/upload-bar.styles.ts';

/**
 * A file on its way into the room: how far it has come, cancel, and try again.
 *
 * @tag meeting-upload
 * @csspart upload - The row.
 * @csspart file-button - One of its buttons.
 */
export class MeetingUpload extends LitElement {
  static override styles = [tokens, iconButton, row, uploadBar];

  /** The upload. */
  @property({ attribute: false }) upload: UploadState | undefined;
  /** The room, or its id, for a row outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, ({ store }) => ({ store }), { files });

  override focus(options?: FocusOptions): void {
    this.shadowRoot?.querySelector<HTMLElement>('button')?.focus(options);
  }

  protected override updated(_: PropertyValues): void {
    const { size = 1, sent = 0 } = this.upload ?? {};
    this.style.setProperty('--_sent', String(size === 0 ? 1 : sent / size));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { upload: shown } = this;
    const { store } = this.#room.value ?? {};
    if (!shown || !store) return nothing;
    const { files: texts } = this.#room.locale.texts;
    const { id, name, phase } = shown;
    const [stem, ending] = splitName(name);
    return html`<div class="row" part="upload">
      <span class="face" aria-hidden="true">${iconUpload()}</span>
      <span class="words">
        <bdi class="name" title=${name}
          ><span class="stem">${stem}</span><span class="ending">${ending}</span></bdi
        >
        ${this.#renderState(shown)}
      </span>
      ${
        phase === 'failed' && !isHopeless(shown)
          ? html`<button
              class="icon-button action"
              part="file-button"
              type="button"
              aria-label=${texts.retry(name)}
              title=${texts.retry(name)}
              @click=${() => void store.retryUpload(id).catch(() => undefined)}
            >
              ${iconRefreshCw()}
            </button>`
          : nothing
      }
      <button
        class="icon-button action"
        part="file-button"
        type="button"
        aria-label=${texts.cancel(name)}
        title=${texts.cancel(name)}
        @click=${() => void store.cancelUpload(id).catch(() => undefined)}
      >
        ${iconX()}
      </button>
    </div>`;
  }

  #renderState({ name, phase, sent, size, error }: UploadState): TemplateResult {
    const { code, texts } = this.#room.locale;
    if (phase === 'failed') {
      const { title, text } = explain(error?.code ?? 'internal', texts);
      return html`<span class="note wrap trouble" role="alert">${title}. ${text}</span>`;
    }
    const words =
      phase === 'waiting'
        ? texts.files.waiting
        : phase === 'paused'
          ? texts.files.paused
          : texts.files.sent(
              formatPercent(sent, size, code),
              formatSize(sent, code),
              formatSize(size, code),
            );
    return html`<span
        class="bar ${phase}"
        role="progressbar"
        aria-label=${texts.files.uploading(name)}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${size === 0 ? 100 : Math.floor((sent / size) * 100)}
        aria-valuetext=${words}
      ></span>
      <span class="note ${phase === 'paused' ? 'wrap trouble' : ''}" aria-hidden="true"
        >${words}</span
      >`;
  }
}

/** What another try does not change. */
const isHopeless = ({ error }: UploadState): boolean =>
  error?.code === 'file-too-large' || error?.code === 'file-unreadable';

declare global {
  interface HTMLElementTagNameMap {
    'meeting-upload': MeetingUpload;
  }
}
