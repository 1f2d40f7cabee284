import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { RoomContext } from '../../controllers/room-context.ts';
import { RoomController } from '../../controllers/room-controller.ts';
import { actorName } from '../shared/person.model.ts';
import { tokens } from '../shared/tokens.styles.ts';

const badgeView = ({ store }: RoomContext) => {
  const { running, consent, agreed } = store.recording.value ?? {};
  const self = store.me.value?.identity ?? '';
  const isOwn = running && 'identity' in running.by && running.by.identity === self;
  return { running, asks: consent === 'ask' && !isOwn && agreed?.includes(self) === false };
};

/**
 * Says to everybody in the call that it is recorded, by whom and since when; asks whoever is to be
 * asked.
 *
 * @tag meeting-recording-badge
 * @csspart recording - The badge.
 */
export class MeetingRecordingBadge extends LitElement {
  static override styles = [
    tokens,
    css`
      .badge {
        display: flex;
        gap: 7px;
        align-items: center;
        margin: 0;
        padding: 5px 12px;
        border-radius: 14px;
        background: rgb(0 0 0 / 0.72);
        color: #fff;
        font-size: 13px;
        line-height: 18px;
        white-space: nowrap;
      }

      .badge::before {
        content: '';
        flex: none;
        inline-size: 10px;
        block-size: 10px;
        border-radius: 5px;
        background: oklch(0.64 0.24 26);
        forced-color-adjust: none;
      }

      span {
        display: var(--_recording-who, block);
        overflow: hidden;
        text-overflow: ellipsis;
      }

      @media (forced-colors: active) {
        .badge {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];

  /** Fetches what asks; set by `define`. */
  static loadAsk: () => Promise<unknown> = () => Promise.resolve();

  /** The room, or its id, for a badge outside of it. */
  @property() meeting: string | HTMLElement | null = null;

  readonly #room = new RoomController(this, badgeView);

  protected override render(): TemplateResult | typeof nothing {
    const { running, asks } = this.#room.value ?? {};
    if (!running) return nothing;
    const { code, texts } = this.#room.locale;
    // It is there, unanswered, also before it can be seen; so it is fetched again at the next change.
    if (asks) void Promise.allSettled([MeetingRecordingBadge.loadAsk()]);
    const time = new Intl.DateTimeFormat(code, { timeStyle: 'short' }).format(running.at);
    return html`<p class="badge" part="recording">
        <strong>${texts.recording.badge}</strong>
        <span>${texts.recording.since(actorName(running.by), time)}</span>
      </p>
      ${asks ? html`<meeting-recorded .meeting=${this.meeting}></meeting-recorded>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-recording-badge': MeetingRecordingBadge;
  }
}
