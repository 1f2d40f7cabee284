import type { Message } from '../protocol/message.ts';

/** The messages that are known, each as of the latest that was heard of it. */
export class ChatLog {
  readonly #known = new Map<string, { message: Message; at: number }>();
  /** In their order; undefined when it has to be made anew. */
  #list: readonly Message[] | undefined;

  /** The oldest first. */
  get list(): readonly Message[] {
    this.#list ??= Object.freeze(
      [...this.#known.values()].map(({ message }) => message).toSorted((a, b) => a.seq - b.seq),
    );
    return this.#list;
  }

  /** Takes a message as it was at position `at` of the log, unless something later is known. */
  put(message: Message, at: number): void {
    const last = this.#known.get(message.id);
    if (last && last.at >= at) return;
    this.#known.set(message.id, { message: Object.freeze(message), at });
    this.#list = undefined;
  }

  /** Forgets what is older than `seq`: between that and the rest may be some that nobody told. */
  dropBefore(seq: number): void {
    for (const [id, { message }] of this.#known) if (message.seq < seq) this.#known.delete(id);
    this.#list = undefined;
  }

  /** Forgets what was written up to `time`, ms since the epoch by the server's clock. */
  dropUntil(time: number): void {
    for (const [id, { message }] of this.#known) if (message.at <= time) this.#known.delete(id);
    this.#list = undefined;
  }

  /** A file is gone; the messages that brought it say so. @returns whether there are any. */
  dropFile(id: string): boolean {
    return this.#drop(({ file }) => file?.id === id);
  }

  /** The same of all that were complete at `time`, ms since the epoch by the server's clock. */
  dropFiles(time: number): void {
    this.#drop(({ file }) => file !== undefined && 'at' in file && file.at <= time);
  }

  #drop(isGone: (message: Message) => boolean): boolean {
    const gone = [...this.#known.values()].filter(({ message }) => isGone(message));
    for (const { message, at } of gone) {
      const file = { id: message.file?.id ?? '', gone: true } as const;
      this.#known.set(message.id, { message: Object.freeze({ ...message, file }), at });
    }
    this.#list = undefined;
    return gone.length > 0;
  }

  clear(): void {
    this.#known.clear();
    this.#list = undefined;
  }
}
