import { html, nothing, type TemplateResult } from 'lit';
import type { RoomController } from '../../controllers/room-controller.ts';
import { KnockAdmitRequestEvent } from '../../events/knock-admit-request.ts';
import { KnockDenyRequestEvent } from '../../events/knock-deny-request.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import type { Knock } from '../../protocol/knock.ts';
import { iconMessageSquare } from '../icons.generated.ts';

/** The buttons of a card. While one of them is carried out, they do nothing. */
export function knockActions(
  room: RoomController<object>,
  knock: Knock,
  pending: boolean,
): TemplateResult {
  const { knocks: texts } = room.locale.texts;
  const disabled = pending ? 'true' : nothing;
  const ask = (event: () => RequestEvent) => () => {
    if (!pending) room.request(event());
  };
  return html`<div class="actions">
    <button
      class="button"
      part="deny-button"
      type="button"
      aria-disabled=${disabled}
      @click=${ask(() => new KnockDenyRequestEvent(knock))}
    >
      ${texts.deny}
    </button>
    <button
      class="button note"
      part="deny-note-button"
      type="button"
      aria-label=${texts.denyWithNote}
      title=${texts.denyWithNote}
      aria-disabled=${disabled}
      @click=${ask(() => new KnockDenyRequestEvent(knock, true))}
    >
      ${iconMessageSquare()}
    </button>
    <button
      class="button primary"
      part="admit-button"
      type="button"
      aria-disabled=${disabled}
      @click=${ask(() => new KnockAdmitRequestEvent(knock))}
    >
      ${texts.admit}
    </button>
  </div>`;
}
