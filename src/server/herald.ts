import type { RoomEvent } from '../protocol/events.ts';

/** Hears events of one room that are committed. Must not throw. */
export type Listener = (events: readonly RoomEvent[]) => void;

/** What a change came to; undefined while it goes on. */
interface Place {
  events: readonly RoomEvent[] | undefined;
}

/** One change's place in the line of its room. */
export interface Turn {
  /** Takes the next place in the line of a room, whose lock is held. */
  take(roomId: string): void;
  /** The change is over: `events` are committed; none when it was rolled back. */
  tell(events: readonly RoomEvent[]): void;
}

/**
 * Tells this process what it has committed, each event once and in the order of the room's log.
 *
 * Connections of a pool answer in any order: a later commit may be heard of first. So every change
 * takes its place while it holds the room's lock, and nobody hears of it before those ahead are over.
 */
export class Herald {
  readonly #listeners: Listener[] = [];
  readonly #lines = new Map<string, Place[]>();

  hear(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** For one change, before its transaction begins. */
  turn(): Turn {
    const place: Place = { events: undefined };
    let roomId: string | undefined;
    return {
      take: (id) => {
        roomId = id;
        const line = this.#lines.get(id) ?? [];
        this.#lines.set(id, line);
        line.push(place);
      },
      tell: (events) => {
        place.events = events;
        if (roomId !== undefined) this.#move(roomId);
      },
    };
  }

  #move(roomId: string): void {
    const line = this.#lines.get(roomId) ?? [];
    for (let first = line[0]; first?.events; first = line[0]) {
      line.shift();
      if (first.events.length === 0) continue;
      for (const listener of this.#listeners) listener(first.events);
    }
    if (line.length === 0) this.#lines.delete(roomId);
  }
}
