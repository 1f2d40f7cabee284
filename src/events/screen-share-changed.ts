import type { Participant } from '../protocol/participant.ts';

/**
 * Somebody in the call shares their screen, or no longer does. Of this page's own sight, so it has no
 * number of the room's log; whoever leaves takes their screen along.
 */
export class ScreenShareChangedEvent extends Event {
  readonly participant: Participant;
  readonly on: boolean;
  /** How the own screen ended: here, outside of the page, or by presenter mode. */
  readonly reason: 'stopped' | 'ended' | 'presenter-mode' | undefined;

  constructor(
    fact: Pick<ScreenShareChangedEvent, 'participant' | 'on'> &
      Partial<Pick<ScreenShareChangedEvent, 'reason'>>,
  ) {
    super('screen-share-changed');
    this.participant = fact.participant;
    this.on = fact.on;
    this.reason = fact.reason;
  }
}
