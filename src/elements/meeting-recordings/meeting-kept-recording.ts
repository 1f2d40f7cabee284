import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { UploadState } from '../../core/file-state.ts';
import type { Recordings } from '../../core/recording-state.ts';
import { fileNameOf, type KeptRecording } from '../../core/recording/kept-recording.ts';
import { recordings } from '../../locales/en-recordings.ts';
import {
  iconDownload,
  iconPlay,
  iconRefreshCw,
  iconTrash2,
  iconUpload,
  iconX,
} from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { whyNotRecorded } from '../shared/recording-errors.ts';
import { saveFile } from '../shared/save-file.ts';
import { formatPercent, formatSize } from '../shared/sizes.ts';
import { duration } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { uploadBar } from '../shared/upload-bar.styles.ts';
import { recordingRow } from './recording-row.styles.ts';
import { renderAction, renderPlayer } from './row.template.ts';

/**
 * A recording that this browser keeps: play, save to disk, upload to the room, delete.
 *
 * @tag meeting-kept-recording
 * @csspart recording-row - The row.
 * @csspart recording-button - One of its buttons.
 */
export class MeetingKeptRecording extends LitElement {
  static override styles = [tokens, button, iconButton, recordingRow, uploadBar];

  /** The recording. */
  @property({ attribute: false }) recording: KeptRecording | undefined;
  /** What it is had from. */
  @property({ attribute: false }) recordings: Recordings | undefined;
  /** Its upload, while there is one. */
  @property({ attribute: false }) upload: UploadState | undefined;
  /** Whether the room keeps it, too. */
  @property({ attribute: false }) isInRoom = false;
  /** The room, or its id, for a row outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, ({ store }) => ({ store }), { recordings });

  @state() private source: string | undefined;
  @state() private trouble: string | undefined;
  @state() private isAsking = false;
  @query('.keep') private readonly keep!: HTMLElement | null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override updated(): void {
    const { size = 1, sent = 0 } = this.upload ?? {};
    this.style.setProperty('--_sent', String(size === 0 ? 1 : sent / size));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { recording } = this;
    if (!recording || !this.#room.value) return nothing;
    const { recordings: words } = this.#room.locale.texts;
    const name = words.named(recording.at);
    return html`<div class="row" part="recording-row">
      <div class="line">
        <span class="words">${this.#renderWords(recording, name)}</span>
        ${
          recording.state === 'running'
            ? nothing
            : html`<span class="actions">${this.#renderActions(recording, name)}</span>`
        }
      </div>
      ${this.isAsking ? this.#renderQuestion(recording) : nothing}
      ${this.source ? renderPlayer(this.source, words.player(name), this.#unplayable) : nothing}
    </div>`;
  }

  readonly #unplayable = (): void => {
    this.trouble = this.#room.locale.texts.recordings.playFailed;
  };

  #renderWords(
    { duration: length, size, state: how }: KeptRecording,
    name: string,
  ): TemplateResult {
    const { code, texts } = this.#room.locale;
    const { states } = texts.recordings;
    const note = how === 'complete' ? undefined : states[how];
    return html`<bdi class="name">${name}</bdi>
      <span class="note">${duration(length * 1_000)} · ${formatSize(size, code)}</span>
      ${note ? html`<span class="note">${note}</span>` : nothing}
      ${this.isInRoom ? html`<span class="note">${states.uploaded}</span>` : nothing}
      ${this.upload ? this.#renderUpload(this.upload, name) : nothing}
      ${
        this.trouble
          ? html`<span class="note trouble" role="alert">${this.trouble}</span>`
          : nothing
      }`;
  }

  #renderUpload({ phase, sent, size, error }: UploadState, name: string): TemplateResult {
    const { code, texts } = this.#room.locale;
    const { recordings: words } = texts;
    if (phase === 'failed') {
      return html`<span class="note trouble" role="alert">${whyNotRecorded(error, texts)}</span>`;
    }
    const far = words.sent(
      formatPercent(sent, size, code),
      formatSize(sent, code),
      formatSize(size, code),
    );
    const said = phase === 'paused' ? words.paused : far;
    return html`<span
        class="bar ${phase}"
        role="progressbar"
        aria-label=${words.uploading(name)}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${size === 0 ? 100 : Math.floor((sent / size) * 100)}
        aria-valuetext=${said}
      ></span>
      <span class="note" aria-hidden="true">${said}</span>`;
  }

  #renderActions(recording: KeptRecording, name: string): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    const { id } = recording;
    const isPlaying = this.source !== undefined;
    const { upload, isInRoom } = this;
    const isGoing = upload && upload.phase !== 'failed';
    return html`${renderAction(
      isPlaying ? words.close(name) : words.play(name),
      isPlaying ? iconX : iconPlay,
      () => (isPlaying ? this.#close() : void this.#play(id)),
      { expanded: isPlaying },
    )}
    ${renderAction(words.save(name), iconDownload, () => void this.#save(recording))}
    ${
      isGoing
        ? renderAction(words.cancel(name), iconX, () => void this.recordings?.cancelUpload(id))
        : isInRoom
          ? nothing
          : renderAction(
              upload ? words.retry(name) : words.upload(name),
              upload ? iconRefreshCw : iconUpload,
              () => void this.#attempt(async (all) => all.upload(id)),
            )
    }
    ${renderAction(words.delete(name), iconTrash2, () => void this.#ask(), {
      expanded: this.isAsking,
    })}`;
  }

  #renderQuestion({ id }: KeptRecording): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    return html`<div class="question" role="group" aria-labelledby="question">
      <span id="question">${words.deleteHereText}</span>
      <button class="button keep" type="button" @click=${() => (this.isAsking = false)}>
        ${words.keep}
      </button>
      <button
        class="button danger"
        type="button"
        @click=${() => {
          this.isAsking = false;
          void this.#attempt(async (all) => all.remove(id));
        }}
      >
        ${words.deleteAction}
      </button>
    </div>`;
  }

  async #ask(): Promise<void> {
    this.isAsking = !this.isAsking;
    await this.updateComplete;
    this.keep?.focus();
  }

  async #play(id: string): Promise<void> {
    const bytes = await this.#attempt((all) => all.read(id));
    if (bytes && this.isConnected) this.source = URL.createObjectURL(bytes);
  }

  async #save(recording: KeptRecording): Promise<void> {
    const bytes = await this.#attempt((all) => all.read(recording.id));
    if (bytes) saveFile(this.ownerDocument, bytes, fileNameOf(recording));
  }

  #close(): void {
    if (this.source !== undefined) URL.revokeObjectURL(this.source);
    this.source = undefined;
  }

  /** @returns undefined when it failed; the row says why. */
  async #attempt<T>(act: (recordings: Recordings) => Promise<T>): Promise<T | undefined> {
    this.trouble = undefined;
    try {
      return this.recordings && (await act(this.recordings));
    } catch (error) {
      this.trouble = whyNotRecorded(error, this.#room.locale.texts);
      return undefined;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-kept-recording': MeetingKeptRecording;
  }
}
