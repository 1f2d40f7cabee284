import { createContext } from '@lit/context';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Store } from '../core/state.ts';
import type { RoomLocale } from '../locales/locale.ts';

/** The panels beside a call. */
export interface PanelsState {
  /** The name of the one that is open. */
  readonly open: string | null;
  /** The names of those that there are. */
  readonly offered: readonly string[];
}

/** What a `<meeting-room>` hands to everything that belongs to it. */
export interface RoomContext {
  readonly store: Store;
  /** The room's language. Another room of the page may speak another. */
  readonly locale: ReadonlySignal<RoomLocale>;
  /** The `<meeting-room>`: where requests from outside of it are sent, and keys are heard. */
  readonly shell: HTMLElement;
  readonly panels: ReadonlySignal<PanelsState>;
  /** The address where guests come in; null when the page did not say, and its own may not be it. */
  readonly inviteUrl: ReadonlySignal<string | null>;
}

/** The key by which elements ask for their room. */
export const roomContext = createContext<RoomContext | undefined>(Symbol('meeting-room'));
