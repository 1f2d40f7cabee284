import { effect } from '@preact/signals-core';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { UploadState } from '../../core/file-state.ts';
import type { Recordings, RecordingsState, RecordingState } from '../../core/recording-state.ts';
import type { KeptRecording } from '../../core/recording/kept-recording.ts';
import type { Store } from '../../core/state.ts';
import { RecordingStartRequestEvent } from '../../events/recording-start-request.ts';
import { RecordingStopRequestEvent } from '../../events/recording-stop-request.ts';
import { recordings as english } from '../../locales/en-recordings.ts';
import type { RecorderKind } from '../../protocol/recording.ts';
import { button } from '../shared/button.styles.ts';
import { actorName } from '../shared/person.model.ts';
import { whyNotRecorded } from '../shared/recording-errors.ts';
import { formatSize } from '../shared/sizes.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-recordings.styles.ts';
import { panelView, type PanelView } from './recordings.model.ts';

/**
 * For hosts: starts and stops recording, and has the recordings of this browser and of the room.
 *
 * @tag meeting-recordings
 * @fires {RecordingStartRequestEvent} recording-start-request - A host wants the call recorded.
 * @fires {RecordingStopRequestEvent} recording-stop-request - A host wants the recording to end.
 * @fires {RecordingDeleteRequestEvent} recording-delete-request - A host wants one of the room's gone.
 * @csspart record-button - The button that starts and stops.
 * @csspart recording-row - A recording.
 * @csspart recording-button - One of a row's buttons.
 */
export class MeetingRecordings extends LitElement {
  static override styles = [tokens, button, styles];

  /** The room, or its id, for a panel outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, panelView, { recordings: english });

  @state() private recordings: Recordings | undefined;
  @state() private problem: unknown;
  @state() private inRoom: RecordingsState = { phase: 'unknown' };
  @state() private here: readonly KeptRecording[] = [];
  @state() private uploads: ReadonlyMap<string, UploadState> = new Map();
  @query('[name=recorder]:checked') private readonly chosen!: HTMLInputElement | null;
  @query('[name=upload]') private readonly asItGoes!: HTMLInputElement | null;

  #watched: { store: Store; end: AbortController } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch();
  }

  protected override updated(): void {
    const { store, isHost } = this.#room.value ?? {};
    const wanted = isHost && this.isConnected ? store : undefined;
    if (wanted === this.#watched?.store) return;
    this.#unwatch();
    if (wanted) void this.#watch(wanted);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view?.isIn) return nothing;
    const { recordings: words } = this.#room.locale.texts;
    if (!view.isHost) return html`<p class="hint">${words.notHost}</p>`;
    return html`${this.#renderRecorder(view)} ${this.#renderHere()} ${this.#renderInRoom()}`;
  }

  #renderRecorder(view: PanelView): TemplateResult {
    const { recording } = view;
    return html`<section class="recorder">
      ${
        recording?.running
          ? this.#renderRunning(view, recording.running, recording)
          : this.#renderStart(view, recording)
      }
    </section>`;
  }

  #renderRunning(
    { isStopping, people }: PanelView,
    running: NonNullable<RecordingState['running']>,
    { consent, agreed }: RecordingState,
  ): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    return html`<p class="running">
        <strong>${words.running(actorName(running.by), running.at)}</strong>
        ${
          consent === 'ask'
            ? html`<span class="hint">${words.agreed(agreed.length + 1, people)}</span>`
            : nothing
        }
      </p>
      <button
        class="button"
        part="record-button"
        type="button"
        aria-disabled=${isStopping ? 'true' : nothing}
        @click=${() => {
          if (!isStopping) this.#room.request(new RecordingStopRequestEvent(running));
        }}
      >
        ${isStopping ? words.stopping : words.stop}
      </button>`;
  }

  #renderStart({ isStarting }: PanelView, recording: RecordingState | undefined): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    const { recorders = [], consent } = recording ?? {};
    const canRecord = typeof MediaRecorder !== 'undefined';
    return html`${recorders.length > 1 ? this.#renderChoice(recorders) : nothing}
      <p class="hint" id="hint">
        ${consent === 'ask' ? words.askFirst : words.tell}
        ${recorders.length > 1 ? nothing : canRecord ? words.recorderHints.browser : words.unsupported}
      </p>
      ${
        canRecord
          ? html`<label class="choice">
              <input type="checkbox" name="upload" />
              <span>${words.asItGoes}<span class="hint">${words.asItGoesHint}</span></span>
            </label>`
          : nothing
      }
      <button
        class="button primary"
        part="record-button"
        type="button"
        aria-describedby="hint"
        aria-disabled=${isStarting ? 'true' : nothing}
        @click=${() => {
          const recorder = (this.chosen?.value as RecorderKind | undefined) ?? 'browser';
          const upload = recorder === 'browser' && this.asItGoes?.checked === true;
          if (!isStarting) this.#room.request(new RecordingStartRequestEvent(recorder, upload));
        }}
      >
        ${isStarting ? words.starting : words.start}
      </button>`;
  }

  #renderChoice(recorders: readonly RecorderKind[]): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    return html`<fieldset>
      <legend>${words.by}</legend>
      ${recorders.map(
        (recorder, index) =>
          html`<label class="choice">
            <input type="radio" name="recorder" .value=${recorder} ?checked=${index === 0} />
            <span
              >${words.recorders[recorder]}<span class="hint"
                >${words.recorderHints[recorder]}</span
              ></span
            >
          </label>`,
      )}
    </fieldset>`;
  }

  #renderHere(): TemplateResult {
    const { recordings: words } = this.#room.locale.texts;
    const known = this.inRoom.phase === 'known' ? this.inRoom.recordings : [];
    return html`<section aria-labelledby="here">
      <h3 id="here">${words.here}</h3>
      <p class="hint">${this.here.length > 0 ? words.hereHint : words.hereEmpty}</p>
      ${repeat(
        this.here,
        ({ id }) => id,
        (recording) =>
          html`<meeting-kept-recording
            exportparts="recording-row, recording-button"
            .meeting=${this.meeting}
            .recording=${recording}
            .recordings=${this.recordings}
            .upload=${this.uploads.get(recording.id)}
            .isInRoom=${known.some(({ id }) => id === recording.id)}
          ></meeting-kept-recording>`,
      )}
    </section>`;
  }

  #renderInRoom(): TemplateResult {
    const { code, texts } = this.#room.locale;
    const { recordings: words } = texts;
    const { inRoom } = this;
    return html`<section aria-labelledby="in-room">
      <h3 id="in-room">
        ${words.inRoom}
        ${
          inRoom.phase === 'known'
            ? html`<span class="usage"
                >${words.usage(
                  formatSize(inRoom.usage.bytes, code),
                  formatSize(inRoom.limits.roomBytes, code),
                )}</span
              >`
            : nothing
        }
      </h3>
      ${this.#renderRows(inRoom)}
    </section>`;
  }

  #renderRows(inRoom: RecordingsState): TemplateResult {
    const { texts } = this.#room.locale;
    const { recordings: words } = texts;
    const error = inRoom.phase === 'failed' ? inRoom.error : this.problem;
    if (error !== undefined) {
      return html`<p class="trouble" role="alert">${whyNotRecorded(error, texts)}</p>`;
    }
    if (inRoom.phase !== 'known') return html`<p class="hint" role="status">${words.loading}</p>`;
    const { recordings } = inRoom;
    return html`<p class="hint">${recordings.length > 0 ? words.inRoomHint : words.inRoomEmpty}</p>
      ${repeat(
        recordings,
        ({ id }) => id,
        (recording) =>
          html`<meeting-recording
            exportparts="recording-row, recording-button"
            .meeting=${this.meeting}
            .recording=${recording}
            .recordings=${this.recordings}
          ></meeting-recording>`,
      )}`;
  }

  async #watch(store: Store): Promise<void> {
    const end = new AbortController();
    this.#watched = { store, end };
    this.problem = undefined;
    try {
      const recordings = await store.recordings();
      if (end.signal.aborted) return;
      this.recordings = recordings;
      recordings.watch(end.signal);
      const stop = effect(() => {
        this.inRoom = recordings.inRoom.value;
        this.here = recordings.here.value;
        this.uploads = recordings.uploads.value;
      });
      end.signal.addEventListener('abort', stop, { once: true });
    } catch (error) {
      if (!end.signal.aborted) this.problem = error;
    }
  }

  #unwatch(): void {
    this.#watched?.end.abort();
    this.#watched = undefined;
    this.recordings = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-recordings': MeetingRecordings;
  }
}
