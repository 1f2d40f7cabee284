import { batch } from '@preact/signals-core';
import type { RoomEvent } from '../protocol/events.ts';
import type { Connection } from '../protocol/participant.ts';
import type { ResetCount } from '../protocol/reset.ts';
import type { Snapshot } from '../protocol/snapshot.ts';
import type { BoardFeed, BoardMessage } from './call-slices.ts';
import type { Cells } from './cells.ts';
import type { Facts } from './facts.ts';
import type { AccessListSlice } from './slices/access-list.ts';
import type { ClearedSlice } from './slices/cleared.ts';
import type { ChatSlice } from './slices/chat.ts';
import type { ConnectionSlice } from './slices/connection.ts';
import type { KnocksSlice } from './slices/knocks.ts';
import type { PeopleSlice } from './slices/people.ts';
import type { RecordingSlice } from './slices/recording.ts';

/** What the log writes to. */
export interface LoggedSlices {
  readonly connection: ConnectionSlice;
  readonly people: PeopleSlice;
  readonly knocks: KnocksSlice;
  readonly accessList: AccessListSlice;
  readonly cleared: ClearedSlice;
  readonly chat: ChatSlice;
  readonly recording: RecordingSlice;
  readonly boardFeed: BoardFeed;
  readonly facts: Facts;
  readonly cells: Pick<Cells, 'snapshotAt'>;
}

interface Waiting {
  readonly seq: number;
  readonly resolve: () => void;
}

/**
 * Where snapshots and events meet the slices. State and facts have a cursor each: a snapshot moves
 * the state ahead, and events up to it are still told as facts, but change nothing again.
 */
export class RoomLog {
  readonly #connection: ConnectionSlice;
  readonly #people: PeopleSlice;
  readonly #knocks: KnocksSlice;
  readonly #accessList: AccessListSlice;
  readonly #cleared: ClearedSlice;
  readonly #chat: ChatSlice;
  readonly #recording: RecordingSlice;
  readonly #boardFeed: BoardFeed;
  readonly #facts: Facts;
  readonly #cells: LoggedSlices['cells'];
  readonly #waiting = new Set<Waiting>();
  #seq = 0;

  constructor({
    connection,
    people,
    knocks,
    accessList,
    cleared,
    chat,
    recording,
    boardFeed,
    facts,
    cells,
  }: LoggedSlices) {
    this.#connection = connection;
    this.#people = people;
    this.#knocks = knocks;
    this.#accessList = accessList;
    this.#cleared = cleared;
    this.#chat = chat;
    this.#recording = recording;
    this.#boardFeed = boardFeed;
    this.#facts = facts;
    this.#cells = cells;
  }

  /** Makes the state what `snapshot` says. Tells no facts. */
  apply(snapshot: Snapshot): void {
    if (snapshot.seq < this.#seq) return;
    this.#seq = snapshot.seq;
    batch(() => {
      this.#people.setSelf(snapshot.me.identity);
      this.#connection.describe(snapshot.me, snapshot.room);
      this.#people.replace(snapshot.roster);
      this.#knocks.replace(snapshot.knocks);
      this.#accessList.outdate(snapshot.seq);
      // Whether one is going on is not in a snapshot; what it clears next will tell.
      this.#cleared.clear();
      this.#cells.snapshotAt.value = snapshot.seq;
      this.#chat.replace(snapshot.chat, snapshot.seq);
      this.#recording.replace(snapshot);
    });
    this.#settle();
  }

  /** Takes the next event of the feed: state first, then the fact. */
  hear(event: RoomEvent): void {
    if (event.seq > this.#seq) {
      this.#seq = event.seq;
      batch(() => {
        this.#connection.apply(event);
        this.#people.apply(event);
        this.#knocks.apply(event);
        this.#accessList.apply(event);
        this.#cleared.apply(event);
        this.#recording.apply(event);
        this.#chat.apply(event, this.#connection.me.peek()?.person);
        // Who waits is none of a guest's business, nor what they knew of it as a host.
        if (this.#connection.me.peek()?.role === 'guest') this.#knocks.replace([]);
      });
    }
    this.#facts.tell(event);
    this.#settle();
  }

  /** Counts an event that is not for this page. */
  pass(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    this.#settle();
  }

  /** The feed goes on from `seq`: what was told before it is not heard here. */
  jump(seq: number): void {
    this.#chat.jump(seq);
  }

  typing(identity: string, on: boolean, isPrivate: boolean): void {
    this.#chat.hearTyping?.(identity, on, isPrivate);
  }

  board(message: BoardMessage): void {
    this.#boardFeed.hear?.(message);
  }

  /** Whether the feed stands. */
  reachable(isOpen: boolean): void {
    this.#boardFeed.isOpen.value = isOpen;
  }

  presence(identity: string, connection: Connection): void {
    this.#people.setConnection(identity, connection);
  }

  resetProgress(cleared: ResetCount): void {
    this.#cleared.add(cleared);
  }

  knockPresence(identity: string, present: boolean): void {
    this.#knocks.setPresent(identity, present);
  }

  /** @returns whether the state reached `seq` within `ms`. */
  async reach(seq: number, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.#seq >= seq || signal.aborted) return this.#seq >= seq;
    await new Promise<void>((resolve) => {
      const waiting: Waiting = {
        seq,
        resolve: () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', waiting.resolve);
          this.#waiting.delete(waiting);
          resolve();
        },
      };
      const timer = setTimeout(waiting.resolve, ms);
      signal.addEventListener('abort', waiting.resolve, { once: true });
      this.#waiting.add(waiting);
    });
    return this.#seq >= seq;
  }

  /** Whether the server has our signalling at its door now. */
  get isSelfConnected(): boolean {
    const me = this.#connection.me.peek();
    return (
      me !== undefined && this.#people.participant(me.identity).peek()?.connection === 'connected'
    );
  }

  /** Forgets a stay that is over. */
  clear(): void {
    this.#seq = 0;
    this.#people.clear();
    this.#knocks.replace([]);
    this.#accessList.clear();
    this.#cleared.clear();
    this.#chat.clear();
    this.#recording.clear();
    this.reachable(false);
  }

  #settle(): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.seq <= this.#seq) waiting.resolve();
    }
  }
}
