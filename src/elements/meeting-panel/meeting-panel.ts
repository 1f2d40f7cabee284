import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { PanelRequestEvent } from '../../events/panel-request.ts';
import { iconX } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { panelStates } from '../shared/panel-states.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './meeting-panel.styles.ts';
import { PANELS, type Panel } from '../shared/panels.ts';

/**
 * The frame around the panel that is open beside the call: title, Close, and the panel itself, which
 * is fetched when it is first opened. Its state outlives its closing, as long as the call is shown.
 *
 * @tag meeting-panel
 * @fires {PanelRequestEvent} panel-request - Somebody wants the panel closed.
 * @csspart panel - The frame.
 */
export class MeetingPanel extends LitElement {
  static override styles = [tokens, button, iconButton, panelStates, styles];

  /** Fetches and registers each panel there is, by its name. */
  @property({ attribute: false }) loaders: Readonly<Record<string, () => Promise<unknown>>> = {};
  /** Leaves out the buttons that remove people. */
  @property({ attribute: false }) withoutRemove = false;

  readonly #room = new RoomController(this, ({ panels }) => ({ open: panels.value.open }));

  @state() private ready: ReadonlySet<string> = new Set();
  @state() private failed: string | undefined;
  @query('.panel') private readonly frame!: HTMLElement | null;

  readonly #contents = new Map<string, HTMLElement>();
  #shown: string | null = null;
  /** Where the focus was before it went into the panel. */
  #from: Element | null = null;
  #held = false;

  /**
   * Takes the focus into the open panel, once it is there.
   * @param at Where in it: the id of a whiteboard.
   */
  async enter(at?: string): Promise<void> {
    if (!this.contains(deepFocus(this.ownerDocument))) this.#from = deepFocus(this.ownerDocument);
    await this.updateComplete;
    this.frame?.focus();
    const open = this.#room.value?.open;
    if (open == null) return;
    await this.#load(open);
    await this.updateComplete;
    const content = this.#contents.get(open);
    if (at !== undefined && content && 'whiteboard' in content) content.whiteboard = at;
    // Where a panel has a place to begin, a box to write in say, it begins there.
    if (this.#hasFocus() && this.#room.value?.open === open) this.#contents.get(open)?.focus();
  }

  protected override willUpdate(): void {
    const open = this.#room.value?.open ?? null;
    if (open !== null) void this.#load(open);
    if (open === this.#shown) return;
    this.#held = this.#hasFocus();
    this.failed = undefined;
  }

  protected override updated(_: PropertyValues): void {
    const open = this.#room.value?.open ?? null;
    if (open === this.#shown) return;
    this.#shown = open;
    if (!this.#held) return;
    if (open === null) this.#leave();
    else this.frame?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const panel = PANELS.find(({ name }) => name === this.#room.value?.open);
    if (!panel) return nothing;
    const { texts } = this.#room.locale;
    const title = panel.title(texts);
    return html`<section
      class="panel"
      part="panel"
      role="region"
      aria-labelledby="title"
      tabindex="-1"
      @keydown=${this.#keydown}
    >
      <header>
        <h2 id="title">${title}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${texts.panels.close(title)}
          title=${texts.panels.close(title)}
          @click=${this.#close}
        >
          ${iconX()}
        </button>
      </header>
      ${this.#renderContent(panel)}
    </section>`;
  }

  #renderContent(panel: Panel): TemplateResult | HTMLElement {
    const { panels, help } = this.#room.locale.texts;
    if (this.ready.has(panel.name)) return this.#content(panel);
    if (this.failed === panel.name) {
      return html`<div class="failure" role="alert">
        <span>${panels.failed}</span>
        <button class="button" type="button" @click=${() => void this.#load(panel.name, true)}>
          ${help.retry}
        </button>
      </div>`;
    }
    return html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`;
  }

  #content({ name, tag, parts }: Panel): HTMLElement {
    let content = this.#contents.get(name);
    if (!content) {
      content = this.ownerDocument.createElement(tag);
      content.className = 'content';
      if (parts) content.setAttribute('exportparts', parts);
      this.#contents.set(name, content);
    }
    if ('withoutRemove' in content) content.withoutRemove = this.withoutRemove;
    return content;
  }

  /** @param again Whether a failure is no reason to leave it. */
  async #load(name: string, again = false): Promise<void> {
    if (this.ready.has(name) || (this.failed === name && !again)) return;
    this.failed = undefined;
    try {
      await this.loaders[name]?.();
      this.ready = new Set(this.ready).add(name);
    } catch {
      // The panel says so, and offers another try.
      this.failed = name;
    }
  }

  #hasFocus(): boolean {
    return this.shadowRoot?.activeElement != null;
  }

  /** Back to where the focus was; where that is gone, into the call. */
  #leave(): void {
    const from = this.#from;
    this.#from = null;
    if (from instanceof HTMLElement && from.isConnected && from.checkVisibility()) from.focus();
    else this.#room.room?.shell.focus();
  }

  readonly #close = (): void => {
    this.#room.request(new PanelRequestEvent(null));
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#close();
  };
}

/** The element that really has the focus, through shadow roots. */
function deepFocus({ activeElement }: Document): Element | null {
  let active = activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-panel': MeetingPanel;
  }
}
