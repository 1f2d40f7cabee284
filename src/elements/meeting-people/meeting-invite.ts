import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { requestKey } from '../../core/state.ts';
import { InvitationCreateRequestEvent } from '../../events/invitation-create-request.ts';
import { people } from '../../locales/en-people.ts';
import type { AccessLevel } from '../../protocol/participant.ts';
import type { Answer, Input } from '../../protocol/routes.ts';
import { button } from '../shared/button.styles.ts';
import { reasonOf } from '../shared/errors.model.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { fields } from './fields.styles.ts';
import { EXPIRY, usesIn } from './invitation.model.ts';
import { linkBy } from './link.model.ts';
import { access } from './meeting-access.styles.ts';
import { section } from './section.styles.ts';

const LEVELS: readonly AccessLevel[] = ['knock', 'always', 'host'];
type Box = 'name' | 'email' | 'uses';

/**
 * For hosts: invites somebody by a link of their own, which is shown once.
 *
 * @tag meeting-invite
 * @fires {InvitationCreateRequestEvent} invitation-create-request - A host invites somebody.
 */
export class MeetingInvite extends LitElement {
  static override styles = [tokens, button, section, fields, access];

  /** The room, or its id, for a form outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store, inviteUrl }) => ({
      pending: store.requests.value.get(requestKey('invitation-create'))?.phase === 'pending',
      guests: inviteUrl.value,
    }),
    { people },
  );

  /** What is wrong, and with which box; of no box when the server said no. */
  @state() private problem: { box?: Box; text: string } | undefined;
  @state() private made: Answer<'invitation-create'> | undefined;
  @query('form') private readonly form!: HTMLFormElement;

  protected override render(): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    return html`<div class="head">
        <h3 id="invite">${texts.invite}</h3>
        <p class="hint">${texts.inviteHint}</p>
      </div>
      ${this.made ? this.#renderMade(this.made) : this.#renderForm()}`;
  }

  #renderForm(): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const pending = this.#room.value?.pending === true;
    return html`<form aria-labelledby="invite" novalidate @submit=${this.#submit}>
      ${this.#renderBox('name', texts.name, 'text')}
      ${this.#renderBox('email', texts.email, 'email')}
      <label>
        ${texts.level}
        <select name="access">
          ${LEVELS.map(
            (level) =>
              html`<option value=${level} ?selected=${level === 'always'}>
                ${texts.levels[level]}
              </option>`,
          )}
        </select>
      </label>
      <details>
        <summary>${texts.more}</summary>
        <div>
          ${this.#renderBox('uses', texts.maxUses, 'text', texts.anyNumber)}
          <label>
            ${texts.expires}
            <select name="expiry">
              ${Object.keys(EXPIRY).map(
                (key) =>
                  html`<option value=${key}>${texts.expiry[key as keyof typeof EXPIRY]}</option>`,
              )}
            </select>
          </label>
        </div>
      </details>
      ${this.problem && !this.problem.box ? this.#renderProblem() : nothing}
      <div class="actions">
        <button class="button primary small" aria-disabled=${pending ? 'true' : nothing}>
          ${texts.make}
        </button>
      </div>
    </form>`;
  }

  #renderBox(box: Box, label: string, type: string, placeholder = ''): TemplateResult {
    const isWrong = this.problem?.box === box;
    return html`<label>
        ${label}
        <input
          name=${box}
          type=${type}
          dir="auto"
          autocomplete="off"
          inputmode=${box === 'uses' ? 'numeric' : nothing}
          maxlength=${box === 'email' ? 320 : 200}
          placeholder=${placeholder || nothing}
          aria-invalid=${isWrong ? 'true' : nothing}
          aria-describedby=${isWrong ? 'problem' : nothing}
        />
      </label>
      ${isWrong ? this.#renderProblem() : nothing}`;
  }

  #renderProblem(): TemplateResult {
    return html`<p class="problem" id="problem" role="alert">${this.problem?.text}</p>`;
  }

  #renderMade({ invitation, key }: Answer<'invitation-create'>): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const { guests = null } = this.#room.value ?? {};
    const title = texts.madeFor(invitation.name ?? invitation.email ?? '');
    return html`<div class="new" tabindex="-1" role="group" aria-labelledby="made">
      <h3 id="made">${title}</h3>
      <meeting-link
        .meeting=${this.meeting}
        .link=${linkBy(key, guests)}
        .what=${title}
        .mail=${guests === null ? undefined : (invitation.email ?? '')}
      ></meeting-link>
      <p class="hint">${guests === null ? texts.keyOnly : ''} ${texts.shownOnce}</p>
      <div class="actions">
        <button class="button small" type="button" @click=${this.#again}>${texts.done}</button>
      </div>
    </div>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.#room.value?.pending) return;
    const wish = this.#read();
    if (!wish) return void this.#focusProblem();
    this.problem = undefined;
    const request = this.#room.request(new InvitationCreateRequestEvent(wish));
    try {
      const { allowed } = await request.verdict();
      if (allowed) this.made = await request.answered;
    } catch (error) {
      this.problem = { text: reasonOf(error, this.#room.locale.texts) };
    }
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>('.new')?.focus();
  };

  /** @returns what is asked for; undefined when something is missing or wrong. */
  #read(): Input<'invitation-create'> | undefined {
    const { people: texts } = this.#room.locale.texts;
    const data = new FormData(this.form);
    const read = (name: string): string => String(data.get(name) ?? '').trim();
    const [name, email, maxUses] = [read('name'), read('email'), usesIn(read('uses'))];
    const wrong = (box: Box, text: string): undefined => void (this.problem = { box, text });
    if (!name && !email) return wrong('name', texts.whoMissing);
    const isAddress = this.form.querySelector<HTMLInputElement>('[type=email]')?.validity.valid;
    if (!isAddress) return wrong('email', texts.emailWrong);
    if (Number.isNaN(maxUses)) return wrong('uses', texts.maxUsesWrong);
    const lasts = EXPIRY[read('expiry') as keyof typeof EXPIRY];
    return {
      access: read('access') as AccessLevel,
      ...(name && { name }),
      ...(email && { email }),
      ...(maxUses !== undefined && { maxUses }),
      ...(lasts !== undefined && { expiresAt: Date.now() + lasts }),
    };
  }

  async #focusProblem(): Promise<void> {
    await this.updateComplete;
    this.form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  readonly #again = async (): Promise<void> => {
    this.made = undefined;
    await this.updateComplete;
    this.form.querySelector<HTMLElement>('input')?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-invite': MeetingInvite;
  }
}
