import { LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { PanelController } from '../../controllers/panel-controller.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import { WhiteboardClearRequestEvent } from '../../events/whiteboard-clear-request.ts';
import { WhiteboardDeleteRequestEvent } from '../../events/whiteboard-delete-request.ts';
import { WhiteboardLockRequestEvent } from '../../events/whiteboard-lock-request.ts';
import { whiteboard } from '../../locales/en-whiteboard.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import { iconButton } from '../shared/icon-button.styles.ts';
import { menu } from '../shared/menu.styles.ts';
import { type Option, OptionsMenu } from '../shared/options-menu.ts';
import { tokens } from '../shared/tokens.styles.ts';
import {
  iconDownload,
  iconEllipsis,
  iconEraser,
  iconLock,
  iconLockOpen,
  iconPencil,
  iconTrash2,
} from '../whiteboard-icons.generated.ts';

/**
 * What there is to do with a whiteboard: export, rename; and for hosts lock, clear, delete.
 *
 * @tag meeting-board-menu
 * @fires {WhiteboardLockRequestEvent} whiteboard-lock-request - A host wants to lock or unlock it.
 * @fires {WhiteboardClearRequestEvent} whiteboard-clear-request - A host wants everything off it.
 * @fires {WhiteboardDeleteRequestEvent} whiteboard-delete-request - A host wants it to be gone.
 * @fires rename - Somebody wants to give it another name.
 * @fires export-png - Somebody wants it as a picture.
 * @fires export-svg - Somebody wants it as a drawing.
 * @csspart menu - The menu.
 * @csspart menu-item - One of its items.
 */
export class MeetingBoardMenu extends LitElement {
  static override styles = [tokens, iconButton, menu];

  /** The room, or its id, for a menu outside of it. */
  @property() meeting: string | HTMLElement | null = null;
  /** Which one. */
  @property({ attribute: false }) whiteboard: Whiteboard | undefined;

  readonly #room = new PanelController(
    this,
    ({ store }) => ({
      isHost: store.explain('whiteboard-lock').allowed,
      me: store.me.value?.person,
      mayDraw: store.explain('whiteboard-update').allowed,
    }),
    { whiteboard },
  );

  readonly #options = new OptionsMenu(this);

  protected override render(): TemplateResult | typeof nothing {
    const { whiteboard: board } = this;
    if (!this.#room.value || !board) return nothing;
    const label = this.#room.locale.texts.whiteboard.options(board.name);
    return this.#options.render({ label, icon: iconEllipsis }, () => this.#choices(board));
  }

  #choices(board: Whiteboard): Option[] {
    const { whiteboard: texts } = this.#room.locale.texts;
    const { isHost, me, mayDraw } = this.#room.value ?? {};
    const isMine = 'person' in board.by && board.by.person === me;
    const ask = (event: RequestEvent): void => void this.#room.request(event);
    const tell = (type: string): void => void this.dispatchEvent(new Event(type));
    const items: Option[] = [
      { title: texts.png, icon: iconDownload, act: () => tell('export-png') },
      { title: texts.svg, icon: iconDownload, act: () => tell('export-svg') },
    ];
    if (mayDraw && (isHost || isMine)) {
      items.push({ title: texts.rename, icon: iconPencil, act: () => tell('rename') });
    }
    if (!isHost) return items;
    const { locked } = board;
    return [
      ...items,
      {
        title: locked ? texts.unlock : texts.lock,
        hint: locked ? texts.unlockHint : texts.lockHint,
        icon: locked ? iconLockOpen : iconLock,
        act: () => ask(new WhiteboardLockRequestEvent(board, !locked)),
      },
      {
        title: texts.clear,
        hint: texts.clearHint,
        icon: iconEraser,
        danger: true,
        act: () => ask(new WhiteboardClearRequestEvent(board)),
      },
      {
        title: texts.delete,
        icon: iconTrash2,
        danger: true,
        act: () => ask(new WhiteboardDeleteRequestEvent(board)),
      },
    ];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'meeting-board-menu': MeetingBoardMenu;
  }
}
