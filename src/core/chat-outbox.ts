import { MeetingError } from '../protocol/meeting-error.ts';
import type { Message } from '../protocol/message.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { ChatMessage } from './chat-state.ts';
import type { Kept } from './kept.ts';
import { type Page, Pause } from './page.ts';
import { isFinal, retryDelay } from './retry.ts';

interface Outgoing {
  readonly input: Input<'message-send'>;
  message: ChatMessage;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: unknown) => void;
}

/** A message as it outlives a reload. */
export interface KeptMessage {
  readonly input: Input<'message-send'>;
  readonly message: Message;
  /** Why the server won't have it. */
  readonly error?: Pick<MeetingError, 'code' | 'message' | 'reason'>;
}

export interface OutboxPorts {
  readonly page: Page;
  readonly kept: Kept<KeptMessage>;
  /** Asks `message-send`. */
  send(input: Input<'message-send'>): Promise<Answer<'message-send'>>;
  /** What waits here is another than before. */
  changed(): void;
  failed(error: MeetingError): void;
}

/**
 * What was written and is not at the server yet, one after another in the order of writing. Asks by
 * the same id until it is answered, so that a lost answer doubles nothing.
 */
export class ChatOutbox {
  readonly #ports: OutboxPorts;
  readonly #pause = new Pause();
  #life = new AbortController();
  #waiting: Outgoing[] = [];
  #isBusy = false;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** In the order of writing; those that failed wait for a decision. */
  get messages(): readonly ChatMessage[] {
    return this.#waiting.map(({ message }) => message);
  }

  /** Resolves when the server has it; rejects when it won't, and then it stays here as failed. */
  send(input: Input<'message-send'>, message: Message): Promise<Message> {
    return new Promise((resolve, reject) => {
      const shown: ChatMessage = Object.freeze({ ...message, state: 'sending' as const });
      this.#waiting.push({ input, message: shown, resolve, reject });
      this.#ports.kept.set(input.id, { input, message });
      this.#ports.changed();
      void this.#work();
    });
  }

  /** Goes on with what an earlier page of this tab had not got to the server. */
  restore(): void {
    const kept = Object.values(this.#ports.kept.all).filter(({ input }) => !this.#find(input.id));
    if (kept.length === 0) return;
    for (const { input, message, error } of kept) {
      const state = error
        ? { state: 'failed' as const, error: toError(error) }
        : { state: 'sending' as const };
      const shown: ChatMessage = Object.freeze({ ...message, ...state });
      // Whoever waited for it went with their page.
      const settle = (): void => undefined;
      this.#waiting.push({ input, message: shown, resolve: settle, reject: settle });
    }
    this.#ports.changed();
    void this.#work();
  }

  /** Tries a failed one again. Rejects as `send` does. */
  async again(id: string): Promise<void> {
    const failed = this.#take(id);
    if (failed?.message.state !== 'failed') return;
    const { error: _, ...message } = failed.message;
    await this.send(failed.input, message);
  }

  /** Nothing more is tried of a failed one. */
  discard(id: string): void {
    if (this.#find(id)?.message.state !== 'failed') return;
    this.#take(id);
    this.#ports.changed();
  }

  /** The server has it: by an answer, or because the log tells so. */
  arrived(message: Message): void {
    this.#take(message.id)?.resolve(message);
  }

  /** Tries at once. */
  wake(): void {
    this.#pause.wake();
  }

  /** The stay is over: what waits here goes nowhere. */
  clear(): void {
    this.#life.abort();
    this.#life = new AbortController();
    const lost = new MeetingError('session-missing', 'The stay ended before it was sent.');
    for (const { reject } of this.#waiting.splice(0)) reject(lost);
  }

  #find(id: string): Outgoing | undefined {
    return this.#waiting.find(({ input }) => input.id === id);
  }

  #take(id: string): Outgoing | undefined {
    const found = this.#find(id);
    if (found) {
      this.#waiting = this.#waiting.filter((each) => each !== found);
      this.#ports.kept.set(id, undefined);
    }
    return found;
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const { page, send } = this.#ports;
    for (let attempt = 0; ;) {
      const next = this.#waiting.find(({ message }) => message.state === 'sending');
      if (!next) break;
      const { signal } = this.#life;
      try {
        const { message } = await send(next.input);
        if (!signal.aborted) this.arrived(message);
        attempt = 0;
      } catch (error) {
        // The log told of it meanwhile, or the stay is over.
        if (!this.#waiting.includes(next)) continue;
        if (isFinal(error)) this.#fail(next, error);
        else await this.#pause.wait(retryDelay(attempt, error, page), signal);
        attempt = isFinal(error) ? 0 : attempt + 1;
      }
      this.#ports.changed();
    }
    this.#isBusy = false;
  }

  #fail(outgoing: Outgoing, error: MeetingError): void {
    const { input, message } = outgoing;
    const { code, message: why, reason } = error;
    this.#ports.kept.set(input.id, { input, message, error: { code, message: why, reason } });
    outgoing.message = Object.freeze({ ...message, state: 'failed' as const, error });
    outgoing.reject(error);
    this.#ports.failed(error);
  }
}

const toError = ({ code, message, reason }: NonNullable<KeptMessage['error']>): MeetingError =>
  new MeetingError(code, message, reason === undefined ? {} : { reason });
