import type { RoomEvent, RoomEventType } from '../protocol/events.ts';
import type { Actor } from '../protocol/participant.ts';

/**
 * The base of all facts about the room, told from its log: equal to the webhooks in name and
 * fields. Every page in the room hears them, and only those after its own snapshot.
 */
export abstract class RoomFactEvent extends Event {
  declare readonly type: RoomEventType;
  /** The same for all events of one act. */
  readonly id: string;
  /** Position in the room's log. */
  readonly seq: number;
  /** ms since the epoch, the server's clock. */
  readonly at: number;
  /** The room's name. */
  readonly room: string;
  /** Who did it, when somebody did. */
  readonly by: Actor | undefined;

  constructor(fact: RoomEvent) {
    super(fact.type);
    this.id = fact.id;
    this.seq = fact.seq;
    this.at = fact.at;
    this.room = fact.room;
    this.by = fact.by;
  }
}
