import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { Store } from '../../core/state.ts';
import { people } from '../../locales/en-people.ts';
import { MAX_OWN_NOTE_LENGTH } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { section } from './section.styles.ts';

/** After the last key, ms. */
const SAVE_AFTER = 800;

const note = css`
  textarea {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 220px;
    padding: 12px;
    border: 1px solid var(--_edge);
    border-radius: 9px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 14px;
    line-height: 1.5;
    resize: vertical;
  }

  textarea:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  label {
    font-size: 14px;
    font-weight: 600;
  }

  .state {
    min-block-size: 18px;
  }
`;

type Phase = 'loading' | 'unloaded' | 'idle' | 'saving' | 'saved' | 'failed' | 'changed';

/**
 * What a host writes for themselves about the room: saved as they write, and read by nobody else.
 *
 * @tag meeting-note
 */
export class MeetingNote extends LitElement {
  static override styles = [tokens, button, section, note];

  /** The room, or its id, for notes outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, ({ store }) => ({ store }), { people });

  @state() private phase: Phase = 'loading';
  @state() private text = '';
  #version = 0;
  /** What the server has. */
  #saved = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #store: Store | undefined;
  #leaving = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    // A page that is reloaded, closed or put behind has its last moment now.
    this.ownerDocument.defaultView?.addEventListener('pagehide', this.#leave, { signal });
    this.ownerDocument.addEventListener('visibilitychange', this.#leave, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving.abort();
    // What was written last goes out before the panel is gone.
    this.#flush();
    this.#store = undefined;
  }

  protected override updated(): void {
    const { store } = this.#room.value ?? {};
    if (!store || store === this.#store) return;
    this.#store = store;
    void this.#load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { ownNote: texts } = this.#room.locale.texts.people;
    if (this.phase === 'loading') return nothing;
    if (this.phase === 'unloaded') {
      return html`<section role="alert">
        <p class="problem">${texts.loadFailed}</p>
        ${this.#renderButton(texts.loadAgain, () => void this.#load())}
      </section>`;
    }
    return html`<section>
      <div class="head">
        <label for="text">${texts.label}</label>
        <p class="hint" id="hint">${texts.hint}</p>
      </div>
      <textarea
        id="text"
        dir="auto"
        maxlength=${MAX_OWN_NOTE_LENGTH}
        aria-describedby="hint"
        .value=${this.text}
        @input=${this.#typed}
        @blur=${() => this.#flush()}
      ></textarea>
      <p class="hint state" role="status">
        ${this.phase === 'saving' ? texts.saving : this.phase === 'saved' ? texts.saved : nothing}
      </p>
      ${
        this.phase === 'failed'
          ? html`<p class="problem" role="alert">${texts.failed}</p>
              ${this.#renderButton(texts.retry, () => void this.#save())}`
          : nothing
      }
      ${
        this.phase === 'changed'
          ? html`<p class="problem" role="alert">${texts.changed}</p>
              <div class="actions">
                ${this.#renderButton(texts.takeTheirs, () => void this.#load())}
                ${this.#renderButton(texts.keepMine, () => void this.#insist())}
              </div>`
          : nothing
      }
    </section>`;
  }

  #renderButton(words: string, act: () => void): TemplateResult {
    return html`<button class="button small" type="button" @click=${act}>${words}</button>`;
  }

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    if (this.phase === 'changed') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER);
  };

  readonly #leave = (event: Event): void => {
    const isHidden = this.ownerDocument.visibilityState === 'hidden';
    if (event.type !== 'pagehide' && !isHidden) return;
    const isLast = event.type === 'pagehide' && !(event as PageTransitionEvent).persisted;
    if (isLast && this.phase === 'saving') this.#saveBehind();
    else this.#flush();
  };

  /** Behind what is on its way, whose answer this page does not live to see. */
  #saveBehind(): void {
    const note = { text: this.text, version: this.#version + 1 };
    void this.#store?.writeNote(note).catch(() => undefined);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    if (this.phase !== 'changed') void this.#save();
  }

  async #load(): Promise<void> {
    try {
      const { text = '', version = 0 } = (await this.#store?.readNote()) ?? {};
      this.text = this.#saved = text;
      this.#version = version;
      this.phase = 'idle';
    } catch {
      this.phase = 'unloaded';
    }
  }

  /** Over what another window wrote: they have seen that there is something. */
  async #insist(): Promise<void> {
    try {
      const { version = 0, text = '' } = (await this.#store?.readNote()) ?? {};
      this.#version = version;
      this.#saved = text;
      this.phase = 'idle';
      await this.#save();
    } catch {
      this.phase = 'failed';
    }
  }

  /** One at a time, until the server has what is written now. */
  async #save(): Promise<void> {
    const store = this.#store;
    if (!store || this.phase === 'saving' || this.phase === 'loading') return;
    while (this.text !== this.#saved) {
      const { text } = this;
      this.phase = 'saving';
      try {
        this.#version = await store.writeNote({ text, version: this.#version });
        this.#saved = text;
        this.phase = 'saved';
      } catch (error) {
        const isChanged = error instanceof MeetingError && error.code === 'note-changed';
        this.phase = isChanged ? 'changed' : 'failed';
        return;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-note': MeetingNote;
  }
}
