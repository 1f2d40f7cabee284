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

/** After an exit, the page is about to be sent on. */
export interface Forward {
  readonly url: string;
  /** How long it still stays, ms. */
  left(): number;
  /** Goes at once. */
  go(): void;
  /** Goes no more. */
  stay(): void;
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
  /** Where the page is sent on to, and when; undefined while it stays. */
  readonly forward: ReadonlySignal<Forward | undefined>;
}

/** The key by which elements ask for their room. */
export const roomContext = createContext<RoomContext | undefined>(Symbol('meeting-room'));
