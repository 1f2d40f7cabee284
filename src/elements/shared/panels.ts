import type { TemplateResult } from 'lit';
import type { RoomContext } from '../../controllers/room-context.ts';
import type { Texts } from '../../locales/en.ts';
import {
  iconFiles,
  iconMessageSquare,
  iconPresentation,
  iconSettings,
  iconUsers,
} from '../icons.generated.ts';

/** A panel that may stand beside the call. How it is fetched stands in `define/panels.ts`. */
export interface Panel {
  /** What methods, events and `without-<name>` call it. */
  readonly name: string;
  /** The element that is its content. */
  readonly tag: string;
  /** Its name on the button and above it. */
  readonly title: (texts: Texts) => string;
  readonly icon: () => TemplateResult;
  /** Its button stays in the bar where that is narrow, as chat's does; the others go into More. */
  readonly inBar?: boolean;
  /** The letter that opens and closes it. */
  readonly key?: string;
  /** The number on its button; none for 0. */
  readonly count?: (room: RoomContext) => number;
  /** What the number means, in words. */
  readonly counted?: (texts: Texts, count: number) => string;
  /** It takes the stage, and the people get a strip beside it. */
  readonly isStage?: boolean;
  /** It is a dialog above the call, not beside it. */
  readonly isDialog?: boolean;
  /** The parts of its content that pages may style. */
  readonly parts?: string;
}

/** All of them, in the order of their buttons. */
export const PANELS: readonly Panel[] = [
  {
    name: 'chat',
    tag: 'meeting-chat',
    title: ({ panels }) => panels.chat,
    icon: iconMessageSquare,
    inBar: true,
    key: 'C',
    count: ({ store }) => store.chatMark.value.unread,
    counted: ({ panels }, count) => panels.unread(count),
    parts: 'message, message-box, send-button, attach-button, file, upload, file-button, dialog',
  },
  {
    name: 'people',
    tag: 'meeting-people',
    title: ({ panels }) => panels.people,
    icon: iconUsers,
    key: 'P',
    count: ({ store }) => store.roster.value.length,
    counted: ({ panels }, count) => panels.inCall(count),
    parts: 'tab, person, person-button, menu, menu-item',
  },
  {
    name: 'files',
    tag: 'meeting-files',
    title: ({ panels }) => panels.files,
    icon: iconFiles,
    parts: 'file, upload, file-button, add-button, dialog',
  },
  {
    name: 'whiteboard',
    tag: 'meeting-whiteboard',
    title: ({ panels }) => panels.whiteboard,
    icon: iconPresentation,
    isStage: true,
    parts: 'whiteboard-tab, whiteboard-paper, whiteboard-tools, whiteboard-tool, menu, menu-item',
  },
  {
    name: 'settings',
    tag: 'room-settings',
    title: ({ panels }) => panels.settings,
    icon: iconSettings,
    isDialog: true,
  },
];
