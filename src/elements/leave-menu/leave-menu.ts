import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { RoomController } from '../../controllers/room-controller.ts';
import { requestKey } from '../../core/state.ts';
import { CallLeaveRequestEvent } from '../../events/call-leave-request.ts';
import { iconLogOut } from '../icons.generated.ts';
import { tokens } from '../shared/tokens.styles.ts';
import { styles } from './leave-menu.styles.ts';

/**
 * The way out of the call: one red button. Shows nothing while one is not in a call.
 *
 * @tag leave-menu
 * @fires {CallLeaveRequestEvent} call-leave-request - Somebody wants to leave.
 * @csspart leave-button - The button.
 */
export class LeaveMenu extends LitElement {
  static override styles = [tokens, styles];
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  /** The room, or its id, for a button outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new RoomController(this, ({ store }) => ({
    phase: store.connection.value.phase,
    leaving: store.requests.value.get(requestKey('call-leave'))?.phase === 'pending',
  }));

  protected override render(): TemplateResult | typeof nothing {
    const { phase, leaving } = this.#room.value ?? {};
    if (phase !== 'joined' && phase !== 'reconnecting') return nothing;
    const { leave } = this.#room.locale.texts;
    return html`<button
      class="leave"
      part="leave-button"
      type="button"
      title=${leave.call}
      aria-disabled=${leaving ? 'true' : nothing}
      @click=${this.#leave}
    >
      ${iconLogOut()}<span>${leave.leave}</span>
    </button>`;
  }

  readonly #leave = (): void => {
    if (!this.#room.value?.leaving) this.#room.request(new CallLeaveRequestEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'leave-menu': LeaveMenu;
  }
}
