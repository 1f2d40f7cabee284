import type { RoomEventOf } from '../protocol/events.ts';
import { RoomFactEvent } from './room-fact.ts';

/** From now on hosts alone share their screen, add files and draw; or everybody may again. */
export class PresenterModeChangedEvent extends RoomFactEvent {
  readonly on: boolean;

  constructor(fact: RoomEventOf<'presenter-mode-changed'>) {
    super(fact);
    this.on = fact.on;
  }
}
