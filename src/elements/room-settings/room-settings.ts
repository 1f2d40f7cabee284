import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { PanelRequestEvent } from '../../events/panel-request.ts';
import { PresenterModeRequestEvent } from '../../events/presenter-mode-request.ts';
import { RoomLockRequestEvent } from '../../events/room-lock-request.ts';
import { settings } from '../../locales/en-settings.ts';
import { iconX } from '../icons.generated.ts';
import { button } from '../shared/button.styles.ts';
import { dialog } from '../shared/dialog.styles.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { stepAlong } from '../shared/row-keys.ts';
import { tokens } from '../shared/tokens.styles.ts';
import {
  sectionsFor,
  settingsView,
  type RoomSwitch,
  type SettingsSection,
} from './room-settings.model.ts';
import { renderLook } from './look.template.ts';
import { styles } from './room-settings.styles.ts';
import { sections } from './sections.styles.ts';

/**
 * The settings of the room, in a dialog: devices, people, what happened, language and view, and, for
 * hosts, the reset.
 *
 * @tag room-settings
 * @fires {PanelRequestEvent} panel-request - Somebody wants to see the people.
 * @fires {RoomLockRequestEvent} room-lock-request - A host wants the link to ask, or to open.
 * @fires {PresenterModeRequestEvent} presenter-mode-request - A host wants hosts alone to present.
 * @csspart dialog - The dialog.
 * @csspart reset-button - The button that resets.
 */
export class RoomSettings extends LitElement {
  static override styles = [tokens, button, iconButton, dialog, sections, styles];

  /** Fetches what shows recordings; set by `define`. */
  static loadRecordings: () => Promise<unknown> = () => Promise.resolve();

  /** The room, or its id, for settings outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(this, settingsView, { settings });

  @state() private wanted: SettingsSection = 'devices';
  @state() private isOpen = false;
  @state() private recordings: 'unknown' | 'loading' | 'failed' = 'unknown';
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;
  @query('[role=tab][aria-selected=true]') private readonly tab!: HTMLElement | null;

  /** Opens the dialog, at a section if one is named that there is for this person now. */
  async open(section?: SettingsSection): Promise<void> {
    if (section) this.wanted = section;
    this.recordings = 'unknown';
    this.isOpen = true;
    await this.updateComplete;
    if (!this.dialog?.open) this.dialog?.showModal();
    this.tab?.focus();
  }

  close(): void {
    // Closing gives the focus back to where it was.
    this.dialog?.close();
    this.isOpen = false;
  }

  protected override willUpdate(): void {
    if (this.isOpen && this.#section() === 'recordings') void this.#loadRecordings();
  }

  protected override updated(): void {
    // What comes after the call has the floor.
    if (this.isOpen && this.#room.value?.phase === 'out') this.close();
    this.tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  protected override render(): TemplateResult {
    const { texts } = this.#room.locale;
    const words = texts.settings;
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      @close=${this.#closed}
      @click=${this.#clickOutside}
    >
      <header>
        <h2 id="title">${words.title}</h2>
        <button class="icon-button" type="button" aria-label=${words.close} @click=${this.close}>
          ${iconX()}
        </button>
      </header>
      ${this.isOpen ? this.#renderSections() : nothing}
    </dialog>`;
  }

  #renderSections(): TemplateResult {
    const words = this.#room.locale.texts.settings;
    const all = this.#sections();
    const section = this.#section();
    return html`<div class="tabs" role="tablist" aria-label=${words.title} @keydown=${this.#walk}>
        ${all.map(
          (one) =>
            html`<button
              class="tab ${one}"
              id="tab-${one}"
              type="button"
              role="tab"
              aria-selected=${String(one === section)}
              aria-controls="section"
              tabindex=${one === section ? 0 : -1}
              @click=${() => (this.wanted = one)}
            >
              ${words.sections[one]}
            </button>`,
        )}
      </div>
      <div class="section" id="section" role="tabpanel" aria-labelledby="tab-${section}">
        ${this.#renderSection(section)}
      </div>`;
  }

  #renderSection(section: SettingsSection): TemplateResult {
    const { locale } = this.#room;
    switch (section) {
      case 'devices':
        return html`<meeting-device-settings .meeting=${this.meeting}></meeting-device-settings>`;
      case 'recordings':
        return this.#renderRecordings();
      case 'activity':
        return html`<meeting-activity .meeting=${this.meeting}></meeting-activity>`;
      case 'reset':
        return html`<meeting-reset
          exportparts="reset-button, restore-button"
          .meeting=${this.meeting}
        ></meeting-reset>`;
      case 'people':
        return this.#renderPeople();
      case 'room':
        return this.#renderRoom();
      case 'look':
        return renderLook(locale.texts.settings.look, locale.code, this.#room.value?.shell);
    }
  }

  #renderRecordings(): TemplateResult {
    if (this.recordings === 'failed') {
      return html`<p class="trouble" role="alert">${this.#room.locale.texts.panels.failed}</p>`;
    }
    return html`<meeting-recordings
      exportparts="record-button, recording-row, recording-button"
      .meeting=${this.meeting}
    ></meeting-recordings>`;
  }

  #renderPeople(): TemplateResult {
    const { people: words } = this.#room.locale.texts.settings;
    const { offersPeople } = this.#room.value ?? {};
    return html`<div class="rows">
      <p>${words.text}</p>
      ${
        offersPeople
          ? html`<button class="button" type="button" @click=${this.#showPeople}>
              ${words.show}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderRoom(): TemplateResult {
    const { room: words } = this.#room.locale.texts.settings;
    const { locked, presenterMode } = this.#room.value?.room ?? {};
    const render = (name: RoomSwitch, isOn: boolean | undefined): TemplateResult =>
      html`<div class="check switch">
        <input
          type="checkbox"
          role="switch"
          id=${name}
          aria-describedby="${name}-hint"
          .checked=${isOn === true}
          @change=${(event: Event) => this.#turn(event, name, isOn)}
        />
        <label for=${name}>${words[name].label}</label>
        <span class="hint" id="${name}-hint">${words[name].hint}</span>
      </div>`;
    return html`<div>${render('knock', locked)} ${render('presenter', presenterMode)}</div>`;
  }

  #sections(): readonly SettingsSection[] {
    const { phase, isHost } = this.#room.value ?? {};
    return sectionsFor(phase, isHost === true);
  }

  /** The one that is wanted, or the first when it is not there for this person now. */
  #section(): SettingsSection {
    return this.#sections().includes(this.wanted) ? this.wanted : 'devices';
  }

  /** Once; what could not be fetched is tried again when the dialog is opened anew. */
  async #loadRecordings(): Promise<void> {
    if (this.recordings !== 'unknown') return;
    this.recordings = 'loading';
    try {
      await RoomSettings.loadRecordings();
    } catch {
      this.recordings = 'failed';
    }
  }

  readonly #showPeople = (): void => {
    this.close();
    this.#room.request(new PanelRequestEvent('people'));
  };

  #turn(event: Event, name: RoomSwitch, isOn: boolean | undefined): void {
    const box = event.target as HTMLInputElement;
    const { checked } = box;
    // It shows what is true; the log will say so when it is done.
    box.checked = isOn === true;
    this.#room.request(
      name === 'knock' ? new RoomLockRequestEvent(checked) : new PresenterModeRequestEvent(checked),
    );
  }

  readonly #walk = (event: KeyboardEvent): void => {
    const all = this.#sections();
    const next = stepAlong(event, all, all.indexOf(this.#section()), this);
    if (!next) return;
    event.preventDefault();
    this.wanted = next;
    void this.updateComplete.then(() => this.tab?.focus());
  };

  readonly #closed = (): void => {
    this.isOpen = false;
  };

  readonly #clickOutside = (event: MouseEvent): void => {
    if (event.target !== this.dialog || !this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < left || x > right || y < top || y > bottom) this.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'room-settings': RoomSettings;
  }
}
