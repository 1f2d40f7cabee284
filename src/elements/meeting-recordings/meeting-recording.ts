import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { RoomContext } from '../../controllers/room-context.ts';
import type { Recordings } from '../../core/recording-state.ts';
import { RecordingDeleteRequestEvent } from '../../events/recording-delete-request.ts';
import { recordings } from '../../locales/en-recordings.ts';
import type { Recording } from '../../protocol/recording.ts';
import { iconDownload, iconPlay, iconTrash2, iconX } from '../icons.generated.ts';
import { download } from '../shared/download.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { actorName } from '../shared/person.model.ts';
import { whyNotRecorded } from '../shared/recording-errors.ts';
import { formatSize } from '../shared/sizes.ts';
import { duration } from '../shared/ticking.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { recordingRow } from './recording-row.styles.ts';
import { isPending } from './recordings.model.ts';
import { renderAction, renderPlayer } from './row.template.ts';

/** A row hears of its own recording alone. */
function rowView({ store }: RoomContext, recording: Recording | undefined) {
  const is = (stem: 'recording-delete' | 'recording-open'): boolean =>
    recording !== undefined && isPending(store, stem, recording.id);
  return { isGoing: is('recording-delete'), isOpening: is('recording-open') };
}

/**
 * A recording that the room keeps: play, download, delete.
 *
 * @tag meeting-recording
 * @fires {RecordingDeleteRequestEvent} recording-delete-request - A host wants it to be gone.
 * @csspart recording-row - The row.
 * @csspart recording-button - One of its buttons.
 */
export class MeetingRecording extends LitElement {
  static override styles = [tokens, iconButton, recordingRow];

  /** The recording. */
  @property({ attribute: false }) recording: Recording | undefined;
  /** What it is had from. */
  @property({ attribute: false }) recordings: Recordings | undefined;
  /** The room, or its id, for a row outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, (room) => rowView(room, this.recording), {
    recordings,
  });

  @state() private source: string | undefined;
  @state() private trouble: string | undefined;
  /** Where it last broke off, in seconds. */
  #brokeAt: number | undefined;

  protected override willUpdate(): void {
    this.#room.refresh();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { recording } = this;
    const view = this.#room.value;
    if (!recording || !view) return nothing;
    const { recordings: words } = this.#room.locale.texts;
    const name = words.named(recording.at);
    const isPlaying = this.source !== undefined;
    return html`<div class="row ${view.isGoing ? 'going' : ''}" part="recording-row">
      <div class="line">
        <span class="words">${this.#renderWords(recording, name)}</span>
        <span class="actions">
          ${renderAction(
            isPlaying ? words.close(name) : words.play(name),
            isPlaying ? iconX : iconPlay,
            () => void this.#play(),
            { disabled: view.isOpening, expanded: isPlaying },
          )}
          ${renderAction(words.download(name), iconDownload, () => void this.#download(), {
            disabled: view.isOpening,
          })}
          ${renderAction(
            words.delete(name),
            iconTrash2,
            () => this.#room.request(new RecordingDeleteRequestEvent(recording)),
            { disabled: view.isGoing },
          )}
        </span>
      </div>
      ${this.source ? renderPlayer(this.source, words.player(name), (event) => void this.#broken(event)) : nothing}
    </div>`;
  }

  /** Its link is good for some minutes only: with another one it goes on where it was, once. */
  readonly #broken = async (event: Event): Promise<void> => {
    const video = event.target as HTMLVideoElement;
    const at = video.currentTime;
    const url = at > 0 && at !== this.#brokeAt ? await this.#open() : undefined;
    this.#brokeAt = at;
    if (!url) {
      this.trouble ??= this.#room.locale.texts.recordings.playFailed;
      return;
    }
    const goOn = (): void => void (video.currentTime = at);
    video.addEventListener('loadedmetadata', goOn, { once: true });
    this.source = inline(url);
  };

  #renderWords(recording: Recording, name: string): TemplateResult {
    const { code, texts } = this.#room.locale;
    const { duration: length, size = 0, by, partial } = recording;
    const about = [...(length === undefined ? [] : [duration(length)]), formatSize(size, code)];
    const who = actorName(by);
    return html`<bdi class="name">${name}</bdi>
      <span class="note"
        >${about.join(' · ')}${who === undefined ? nothing : html` · <bdi>${who}</bdi>`}</span
      >
      ${partial ? html`<span class="note">${texts.recordings.states.partial}</span>` : nothing}
      ${
        this.trouble
          ? html`<span class="note trouble" role="alert">${this.trouble}</span>`
          : nothing
      }`;
  }

  async #play(): Promise<void> {
    if (this.source !== undefined) {
      this.source = undefined;
      return;
    }
    const url = await this.#open();
    if (!url) return;
    this.source = inline(url);
  }

  async #download(): Promise<void> {
    const url = await this.#open();
    if (url) download(url.href, this.ownerDocument);
  }

  /** @returns undefined when it can't be had; the row says why. */
  async #open(): Promise<URL | undefined> {
    const { recording, recordings: source } = this;
    this.trouble = undefined;
    try {
      if (!recording || !source) return undefined;
      return new URL((await source.open(recording.id)).url, this.ownerDocument.baseURI);
    } catch (error) {
      this.trouble = whyNotRecorded(error, this.#room.locale.texts);
      return undefined;
    }
  }
}

/** Shown in place, not as a download. */
function inline(url: URL): string {
  url.searchParams.set('inline', '1');
  return url.href;
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-recording': MeetingRecording;
  }
}
