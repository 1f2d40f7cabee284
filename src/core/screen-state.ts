import type { ReadonlySignal } from '@preact/signals-core';
import type { Participant } from '../protocol/participant.ts';

/** The own screen. `starting`: the browser asks which one. */
export interface ScreenShareState {
  readonly phase: 'off' | 'starting' | 'on';
}

/** How the own screen ended: here, outside of the page, or because hosts alone present now. */
export type ScreenEnd = 'stopped' | 'ended' | 'presenter-mode';

/** Somebody in the call began to share their screen, or no longer does. */
export interface ScreenFact {
  readonly type: 'screen-share-changed';
  readonly participant: Participant;
  readonly on: boolean;
  /** Of the own screen, when it ended. */
  readonly reason?: ScreenEnd;
}

/** What a store has of screens. */
export interface ScreenStore {
  /** The own screen; who shares, this page's person included, stands in `screens`. */
  readonly screenShare: ReadonlySignal<ScreenShareState>;
  /** Identities of those who share their screen now, in the order in which they began. */
  readonly screens: ReadonlySignal<readonly string[]>;

  /**
   * Has the browser ask which screen, window or tab to share, or ends that. Resolves as well when
   * the person takes none. Browsers ask inside of a gesture only.
   * Rejects with `presenter-mode`, `session-missing`, `screen-denied`, `screen-unavailable`.
   */
  setScreenShare(on: boolean): Promise<void>;
}

/** The methods of a store that are acts of screens. */
export type ScreenActName = 'setScreenShare';
