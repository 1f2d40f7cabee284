import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { people } from '../../locales/en-people.ts';
import { iconCheck, iconCopy } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { fields } from './fields.styles.ts';
import { mailto } from './link.model.ts';
import { section } from './section.styles.ts';
import { link } from './meeting-link.styles.ts';

/** How long the button says that the link is copied, ms. */
const COPIED = 2_000;

/**
 * A link to give to somebody: to copy, and to send by e-mail.
 *
 * @tag meeting-link
 * @csspart link - The box with the link.
 * @csspart copy-button - The button that copies it.
 */
export class MeetingLink extends LitElement {
  static override styles = [tokens, button, section, fields, link];

  /** The room, or its id, for a link outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** The link. */
  @property({ attribute: false }) link = '';
  /** What it is, for who does not see what stands around. */
  @property({ attribute: false }) what = '';
  /** Whom a mail goes to; an empty one lets people choose. Without it, there is none. */
  @property({ attribute: false }) mail: string | undefined;

  readonly #room = new PanelController(this, () => ({}), { people });

  @state() private copy: 'idle' | 'copied' | 'failed' = 'idle';
  @query('input') private readonly box!: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('link')) this.copy = 'idle';
  }

  protected override render(): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    return html`<div class="row">
        <input
          part="link"
          readonly
          dir="ltr"
          aria-label=${this.what}
          .value=${this.link}
          @focus=${() => this.box.select()}
        />
        <button class="button small" part="copy-button" type="button" @click=${this.#copyLink}>
          ${this.copy === 'copied' ? iconCheck() : iconCopy()}${
            this.copy === 'copied' ? texts.copied : texts.copy
          }
        </button>
      </div>
      <div class="hint" role="status">${this.copy === 'failed' ? texts.copyFailed : nothing}</div>
      ${
        this.mail === undefined
          ? nothing
          : html`<a href=${mailto(this.link, texts.mailSubject, this.mail)}>${texts.mail}</a>`
      }`;
  }

  readonly #copyLink = async (): Promise<void> => {
    clearTimeout(this.#timer);
    try {
      await navigator.clipboard.writeText(this.link);
      this.copy = 'copied';
      this.#timer = setTimeout(() => (this.copy = 'idle'), COPIED);
    } catch {
      // Forbidden here, as in a frame that was not given the right.
      this.copy = 'failed';
      this.box.focus();
      this.box.select();
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-link': MeetingLink;
  }
}
