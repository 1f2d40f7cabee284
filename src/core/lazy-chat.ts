import { effect } from '@preact/signals-core';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Chat, ChatPorts } from './chat.ts';
import { read } from './memory.ts';
import { requestKey } from './state.ts';

/** The chat, fetched on the first look at it, with the first message, or for one of before a reload. */
export class LazyChat {
  readonly #ports: ChatPorts;
  readonly #life = new AbortController();
  #chat: Promise<Chat> | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    const { cells, chat } = ports.slices;
    const isUnsent = (): boolean => read('sessionStorage', ports.place() ?? '') !== undefined;
    const key = requestKey('message-list');
    const end = effect(() => {
      const isWanted = cells.demand.counts.value.has(key);
      // Where it fails, whoever looks next tries again; the state says that nothing is known.
      if (isWanted || (chat.since.value > 0 && isUnsent())) void Promise.allSettled([this.get()]);
    });
    this.#life.signal.addEventListener('abort', end, { once: true });
  }

  /** @throws MeetingError `engine-unavailable` when it did not load; the next call tries again. */
  async get(): Promise<Chat> {
    this.#chat ??= this.#load();
    try {
      return await this.#chat;
    } catch (cause) {
      this.#chat = undefined;
      const error = new MeetingError('engine-unavailable', 'The chat did not load.', { cause });
      const { cells } = this.#ports.slices;
      cells.chat.value = Object.freeze({ phase: 'failed', error, more: false, messages: [] });
      throw error;
    }
  }

  dispose(): void {
    this.#life.abort();
    this.#chat?.then(
      (chat) => chat.dispose(),
      () => 'whoever asked for it by `get` was told',
    );
  }

  async #load(): Promise<Chat> {
    const module = await import('./chat.ts');
    const chat = new module.Chat(this.#ports);
    if (this.#life.signal.aborted) chat.dispose();
    return chat;
  }
}
