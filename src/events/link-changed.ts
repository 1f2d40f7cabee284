import type { RoomEventOf } from '../protocol/events.ts';
import type { LinkAccess } from '../protocol/invitation.ts';
import { RoomFactEvent } from './room-fact.ts';

/** The shared private link opens something else than before, or has a new key. Only hosts' pages hear it. */
export class LinkChangedEvent extends RoomFactEvent {
  readonly access: LinkAccess;
  /** `removal`: somebody who came by it was put out. */
  readonly cause: 'host' | 'removal';

  constructor(fact: RoomEventOf<'link-changed'>) {
    super(fact);
    this.access = fact.access;
    this.cause = fact.cause;
  }
}
