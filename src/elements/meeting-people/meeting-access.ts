import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import { requestKey } from '../../core/state.ts';
import { InvitationRevokeRequestEvent } from '../../events/invitation-revoke-request.ts';
import { LinkSetRequestEvent } from '../../events/link-set-request.ts';
import { RoomLockRequestEvent } from '../../events/room-lock-request.ts';
import { people } from '../../locales/en-people.ts';
import type { AccessList, Invitation, LinkAccess } from '../../protocol/invitation.ts';
import { button } from '../shared/button.styles.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { AccessWatcher } from './access-watcher.ts';
import { fields } from './fields.styles.ts';
import { goodness } from './invitation.model.ts';
import { linkBy } from './link.model.ts';
import { access } from './meeting-access.styles.ts';
import { section } from './section.styles.ts';

const LEVELS: readonly LinkAccess[] = ['off', 'knock', 'always', 'host'];

/**
 * For hosts: who may come in, by which link, and who is invited.
 *
 * @tag meeting-access
 * @fires {RoomLockRequestEvent} room-lock-request - A host wants the public link to ask, or not to.
 * @fires {LinkSetRequestEvent} link-set-request - A host decides on the private link.
 * @fires {InvitationRevokeRequestEvent} invitation-revoke-request - A host withdraws an invitation.
 */
export class MeetingAccess extends LitElement {
  static override styles = [tokens, button, section, fields, access];

  /** The room, or its id, for settings outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new PanelController(
    this,
    ({ store, inviteUrl }) => ({
      access: store.accessList.value,
      requests: store.requests.value,
      locked: store.room.value?.locked === true,
      guests: inviteUrl.value,
    }),
    { people },
  );

  /** The private link's key while it is new: it is told once. */
  @state() private key: string | undefined;

  constructor() {
    super();
    new AccessWatcher(this, () => this.#room.room?.store);
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.#room.value;
    if (!view) return nothing;
    const { people: texts } = this.#room.locale.texts;
    const list =
      view.access.phase === 'known' || view.access.phase === 'failed'
        ? view.access.list
        : undefined;
    return html`<section>${this.#renderLock()}${this.#renderPublicLink()}</section>
      ${
        view.access.phase === 'failed'
          ? html`<section role="alert"><p class="problem">${texts.failed}</p></section>`
          : nothing
      }
      ${
        list
          ? html`<section>${this.#renderPrivateLink(list.link)}</section>
              <section>
                <meeting-invite .meeting=${this.meeting}></meeting-invite>
              </section>
              <section>${this.#renderInvitations(list)}</section>`
          : view.access.phase === 'failed'
            ? nothing
            : html`<section><p class="hint" role="status">${texts.loading}</p></section>`
      }`;
  }

  #renderLock(): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const locked = this.#room.value?.locked === true;
    const pending = this.#isPending(requestKey('room-lock'));
    return html`<div class="head">
      <button
        class="switch"
        type="button"
        role="switch"
        aria-checked=${String(locked)}
        aria-describedby="lock-hint"
        aria-disabled=${pending ? 'true' : nothing}
        @click=${() => pending || this.#room.request(new RoomLockRequestEvent(!locked))}
      >
        ${texts.lock}
      </button>
      <p class="hint" id="lock-hint">${locked ? texts.locked : texts.unlocked}</p>
    </div>`;
  }

  #renderPublicLink(): TemplateResult | typeof nothing {
    const { people: texts } = this.#room.locale.texts;
    const { guests } = this.#room.value ?? {};
    if (!guests) return nothing;
    return html`<meeting-link
      .meeting=${this.meeting}
      .link=${guests}
      .what=${texts.publicLink}
    ></meeting-link>`;
  }

  #renderPrivateLink({ access: level, createdAt, lastUsedAt }: AccessList['link']): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const pending = this.#isPending(requestKey('link-set'));
    return html`<div class="head">
        <h3>${texts.privateLink}</h3>
        <p class="hint">${texts.privateLinkHint}</p>
      </div>
      <label>
        ${texts.linkOpens}
        <select .value=${level} ?disabled=${pending} @change=${this.#chooseLevel}>
          ${LEVELS.map(
            (each) =>
              html`<option value=${each} ?selected=${each === level}>${texts.link[each]}</option>`,
          )}
        </select>
      </label>
      ${
        this.key !== undefined && level !== 'off'
          ? this.#renderKey(this.key, texts.linkNew)
          : nothing
      }
      ${
        level === 'off'
          ? nothing
          : html`<p class="hint">
                ${createdAt === undefined ? nothing : texts.linkMade(createdAt)}
                ${lastUsedAt === undefined ? texts.linkUnused : texts.linkUsed(lastUsedAt)}
              </p>
              <div class="head">
                <div class="actions">
                  <button
                    class="button small"
                    type="button"
                    aria-describedby="renew-hint"
                    aria-disabled=${pending ? 'true' : nothing}
                    @click=${() => pending || this.#setLink(level, true)}
                  >
                    ${texts.renew}
                  </button>
                </div>
                <p class="hint" id="renew-hint">${texts.renewHint}</p>
              </div>`
      }`;
  }

  #renderKey(key: string, what: string): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const { guests = null } = this.#room.value ?? {};
    return html`<div class="new" role="status">
      <meeting-link
        .meeting=${this.meeting}
        .link=${linkBy(key, guests)}
        .what=${what}
        .mail=${guests === null ? undefined : ''}
      ></meeting-link>
      <p class="hint">${guests === null ? texts.keyOnly : ''} ${texts.shownOnce}</p>
    </div>`;
  }

  #renderInvitations({ invitations }: AccessList): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const now = Date.now();
    const good = invitations.filter((each) => goodness(each, now) === 'good');
    const over = invitations.filter((each) => goodness(each, now) !== 'good');
    return html`<h3 id="invitations">${texts.invitations}</h3>
      ${
        good.length > 0
          ? html`<ul aria-labelledby="invitations">
              ${good.map((each) => this.#renderInvitation(each, now))}
            </ul>`
          : html`<p class="hint">${texts.none}</p>`
      }
      ${
        over.length > 0
          ? html`<details>
              <summary>${texts.over(over.length)}</summary>
              <ul>
                ${over.map((each) => this.#renderInvitation(each, now))}
              </ul>
            </details>`
          : nothing
      }`;
  }

  #renderInvitation(invitation: Invitation, now: number): TemplateResult {
    const { people: texts } = this.#room.locale.texts;
    const { id, name, email, access: level, uses, maxUses, lastUsedAt, expiresAt } = invitation;
    const title = name ?? email ?? '';
    const state = goodness(invitation, now);
    const facts = [
      state === 'good' ? texts.link[level] : texts[state],
      texts.uses(uses, maxUses),
      ...(lastUsedAt === undefined ? [] : [texts.lastUse(lastUsedAt)]),
      ...(expiresAt === undefined || state !== 'good' ? [] : [texts.until(expiresAt)]),
    ];
    const here = invitation.here.map((participant) => participant.name);
    const pending = this.#isPending(requestKey('invitation-revoke', id));
    return html`<li>
      <span class="words">
        <span class="name" dir="auto" title=${title}>${title}</span>
        ${name && email ? html`<span class="hint">${email}</span>` : nothing}
        <span class="hint">${facts.join(' · ')}</span>
        ${here.length > 0 ? html`<span class="hint">${texts.here(here)}</span>` : nothing}
      </span>
      ${
        state === 'withdrawn'
          ? nothing
          : html`<button
              class="button small"
              type="button"
              aria-label=${texts.withdrawOf(title)}
              aria-disabled=${pending ? 'true' : nothing}
              @click=${() =>
                pending || this.#room.request(new InvitationRevokeRequestEvent(invitation))}
            >
              ${texts.withdraw}
            </button>`
      }
    </li>`;
  }

  readonly #chooseLevel = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    void this.#setLink(select.value as LinkAccess, false);
  };

  async #setLink(level: LinkAccess, renew: boolean): Promise<void> {
    const event = this.#room.request(new LinkSetRequestEvent(level, renew));
    try {
      const { allowed } = await event.verdict();
      const { key } = allowed ? await event.answered : {};
      // Another level has the same key, which may still be on the screen.
      if (key !== undefined || level === 'off') this.key = key;
    } catch {
      // The room tells why; the list says what is true.
    }
    // The choice shows what is, not what was asked for.
    this.requestUpdate();
    await this.updateComplete;
    const select = this.shadowRoot?.querySelector('select');
    const now = this.#room.value?.access;
    if (select && now?.phase === 'known') select.value = now.list.link.access;
  }

  #isPending(key: string): boolean {
    return this.#room.value?.requests.get(key)?.phase === 'pending';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-access': MeetingAccess;
  }
}
