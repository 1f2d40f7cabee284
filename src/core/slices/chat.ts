import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { ResetPart } from '../../protocol/reset.ts';
import type { ChatMark } from '../../protocol/message.ts';
import type { Cells } from '../cells.ts';

/** Who hears that somebody writes, or no longer. */
export type HearTyping = (identity: string, on: boolean, isPrivate: boolean) => void;

/** What a call knows of the chat while nobody looks at it: how much is unread. */
export class ChatSlice {
  readonly #mark: Signal<ChatMark>;
  readonly #since = signal(0);
  #seq = 0;

  /** Signs of writing go here; nowhere until somebody looks. */
  hearTyping: HearTyping | undefined;

  constructor({ chatMark }: Pick<Cells, 'chatMark'>) {
    this.#mark = chatMark;
  }

  /**
   * Since which position the log was heard without a gap; 0 outside of a call. What is known of
   * before is to be asked for again.
   */
  get since(): ReadonlySignal<number> {
    return this.#since;
  }

  /** Makes the mark what a snapshot says that is true at `seq`. */
  replace(mark: ChatMark, seq: number): void {
    this.#seq = seq;
    this.#mark.value = Object.freeze({ ...mark });
    if (this.#since.peek() === 0) this.#since.value = seq;
  }

  /** The log goes on from `seq`, and what was before it is not told. */
  jump(seq: number): void {
    this.#since.value = seq;
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent, self: string | undefined): void {
    this.#seq = event.seq;
    if (event.type === 'room-reset' && event.parts.includes('chat'))
      return this.#cleared(event.seq);
    // What is back was read, or was history; it, and what messages bring, is to be asked for anew.
    const isBack = (part: ResetPart): boolean =>
      event.type === 'room-restored' && event.parts.includes(part);
    if (isBack('chat') || isBack('whiteboards-and-files')) return this.jump(event.seq);
    if (event.type !== 'message-received' && event.type !== 'message-deleted') return;
    const { message } = event;
    const { read, unread } = this.#mark.peek();
    if (message.by.person === self || message.seq <= read) return;
    // Told with its deletion, a message counts, and right after that it doesn't.
    const change = event.type === 'message-received' ? 1 : -1;
    this.#mark.value = Object.freeze({ read, unread: Math.max(0, unread + change) });
  }

  /** All that is known by now was seen. @returns up to where. */
  readAll(): number {
    this.#mark.value = Object.freeze({ read: this.#seq, unread: 0 });
    return this.#seq;
  }

  /** A reset took what was written before it began; what there is now is to be asked for anew. */
  #cleared(seq: number): void {
    this.#mark.value = Object.freeze({ read: seq, unread: 0 });
    this.jump(seq);
  }

  /** Forgets a stay that is over. */
  clear(): void {
    this.#seq = 0;
    this.#since.value = 0;
    this.#mark.value = Object.freeze({ read: 0, unread: 0 });
  }
}
