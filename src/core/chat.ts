import { batch, computed, effect, untracked } from '@preact/signals-core';
import { TYPING_INTERVAL } from '../protocol/limits.ts';
import { MeetingError } from '../protocol/meeting-error.ts';
import type { Message } from '../protocol/message.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import { ChatLog } from './chat-log.ts';
import { ChatOutbox } from './chat-outbox.ts';
import type { ChatPorts } from './chat-ports.ts';
import type { ChatActName, ChatState, Draft, SendOptions } from './chat-state.ts';
import { Kept } from './kept.ts';
import { Pause } from './page.ts';
import { randomId } from './random-id.ts';
import { isFinal, retryDelay } from './retry.ts';
import { type Fact, requestKey, type Store } from './state.ts';
import { brought } from './files/brought.ts';
import { Typists } from './typists.ts';

/** That everything was read is told no more often than this, in ms. */
const READ_GAP = 3_000;
/** There is one. */
const DRAFT = 'draft';

/** The chat of a room as this page has it. Fetched when somebody first looks at it or writes. */
export class Chat implements Pick<Store, ChatActName> {
  readonly #ports: ChatPorts;
  readonly #log = new ChatLog();
  readonly #outbox: ChatOutbox;
  readonly #drafts: Kept<Draft>;
  readonly #typists: Typists;
  readonly #pause = new Pause();
  readonly #life = new AbortController();
  #loading = new AbortController();
  #state: Omit<ChatState, 'messages'> = { phase: 'unknown', more: false };
  #reading: Promise<void> | undefined;
  #read = 0;
  #typed: { at: number; to: string | undefined } | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    const { slices, page, act, place } = ports;
    const { signal } = this.#life;
    this.#typists = new Typists(slices.cells.typing);
    const me = (): string | undefined => slices.connection.me.peek()?.identity;
    this.#drafts = new Kept({ place: () => place('drafted'), me });
    this.#outbox = new ChatOutbox({
      page,
      kept: new Kept({ place: () => place('written'), me }),
      send: async (input) => this.#keep(await act('message-send', input)),
      changed: () => this.#show(),
      failed: (error) => this.#tell(error),
    });
    slices.chat.hearTyping = (...said) => this.#typists.hear(...said);
    slices.facts.listen((fact) => this.#hear(fact), signal);
    page.onWake(() => this.#wake(), signal);
    this.#watch(signal);
  }

  async sendMessage(text: string, { to, replyTo, file }: SendOptions = {}): Promise<Message> {
    const { cells, connection } = this.#ports.slices;
    const me = connection.me.peek();
    if (!me) throw new MeetingError('session-missing', 'Nobody is in the call here.');
    const recipient = to === undefined ? undefined : cells.participants.of(to).peek();
    if (to !== undefined && !recipient) {
      throw new MeetingError('participant-not-found', 'They are not in the call.');
    }
    const id = `m_${randomId()}`;
    const more = { ...(replyTo !== undefined && { replyTo }) };
    this.#typed = undefined;
    return this.#outbox.send(
      { id, text, ...more, ...(to !== undefined && { to }), ...(file !== undefined && { file }) },
      {
        ...{ id, text, ...more, seq: 0, at: Date.now(), by: participant(me) },
        ...(recipient && { to: participant(recipient) }),
        ...brought(cells.files.peek(), file),
      },
    );
  }

  async resendMessage(id: string): Promise<void> {
    await this.#outbox.again(id);
  }

  async discardMessage(id: string): Promise<void> {
    this.#outbox.discard(id);
  }

  async editMessage(id: string, text: string): Promise<void> {
    await this.#act('message-edit', { id, text }, id);
  }

  async deleteMessage(id: string): Promise<void> {
    await this.#act('message-delete', { id }, id);
  }

  async olderMessages(): Promise<void> {
    const [oldest] = this.#log.list;
    if (this.#state.phase !== 'known' || !this.#state.more || !oldest) return;
    const { signal } = this.#loading;
    const page = await this.#act('message-list', { before: String(oldest.seq) });
    if (signal.aborted) return;
    this.#take(page);
    this.#set({ phase: 'known', more: page.more });
  }

  async draft(): Promise<Draft | undefined> {
    return this.#drafts.get(DRAFT);
  }

  async keepDraft(draft: Draft | undefined): Promise<void> {
    this.#drafts.set(DRAFT, draft);
  }

  async readMessages(): Promise<void> {
    const { chat, cells } = this.#ports.slices;
    if (cells.chatMark.peek().unread === 0 || chat.since.peek() === 0) return;
    this.#read = chat.readAll();
    this.#reading ??= this.#tellRead().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async setTyping(on: boolean, { to }: { to?: string } = {}): Promise<void> {
    const last = this.#typed;
    const isSaid = last !== undefined && last.to === to && Date.now() - last.at < TYPING_INTERVAL;
    if (on ? isSaid : last === undefined) return;
    this.#typed = on ? { at: Date.now(), to } : undefined;
    const target = on ? to : last?.to;
    this.#ports.say({ type: 'typing', on, ...(target !== undefined && { to: target }) });
  }

  dispose(): void {
    this.#life.abort();
    this.#forget();
    this.#ports.slices.chat.hearTyping = undefined;
  }

  /** Loads what there is whenever the log is heard anew, from the first look on. */
  #watch(signal: AbortSignal): void {
    const { cells, chat, connection } = this.#ports.slices;
    const key = requestKey('message-list');
    let wasWanted = false;
    const since = computed(() => {
      wasWanted ||= cells.demand.counts.value.has(key);
      return wasWanted ? chat.since.value : 0;
    });
    const ends = [
      effect(() => this.#turn(since.value)),
      effect(() => {
        if (chat.since.value === 0) this.#forget();
        else untracked(() => this.#outbox.restore());
      }),
      effect(() => {
        if (connection.state.value.phase === 'joined') this.#wake();
      }),
    ];
    for (const end of ends) signal.addEventListener('abort', end, { once: true });
  }

  #turn(since: number): void {
    this.#loading.abort();
    if (since === 0) return;
    this.#loading = new AbortController();
    void this.#load(since, this.#loading.signal);
  }

  /** The newest page, asked for until it is there. Never rejects. */
  async #load(since: number, signal: AbortSignal): Promise<void> {
    const { page, act } = this.#ports;
    if (this.#state.phase !== 'known') this.#set({ phase: 'loading', more: false });
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        const answer = await act('message-list', {});
        if (signal.aborted) return;
        const [oldest] = answer.messages;
        if (this.#state.phase !== 'loading') this.#log.dropBefore(oldest?.seq ?? since);
        this.#take(answer);
        return this.#set({ phase: 'known', more: answer.more });
      } catch (cause) {
        if (signal.aborted) return;
        this.#set({ phase: 'failed', more: false, error: toError(cause) });
        if (isFinal(cause)) return;
        await this.#pause.wait(retryDelay(attempt, cause, page), signal);
      }
    }
  }

  #hear(fact: Fact): void {
    if (fact.type === 'room-reset') {
      const { parts, receipt } = fact;
      if (parts.includes('chat')) this.#log.dropUntil(receipt.startedAt);
      if (parts.includes('whiteboards-and-files')) this.#log.dropFiles(receipt.startedAt);
      return this.#show();
    }
    if (fact.type === 'file-deleted' && this.#log.dropFile(fact.file.id)) return this.#show();
    if (fact.type === 'participant-left') return this.#typists.stop(fact.participant.identity);
    const isMessage =
      fact.type === 'message-received' ||
      fact.type === 'message-edited' ||
      fact.type === 'message-deleted';
    if (!isMessage) return;
    batch(() => {
      this.#log.put(fact.message, fact.seq);
      this.#outbox.arrived(fact.message);
      if (fact.type === 'message-received') this.#typists.stop(fact.message.by.identity);
      this.#show();
    });
  }

  #take({ messages, seq }: Answer<'message-list'>): void {
    for (const message of messages) {
      this.#log.put(message, seq);
      this.#outbox.arrived(message);
    }
  }

  /** One at a time, and what was read meanwhile with the next. Never rejects. */
  async #tellRead(): Promise<void> {
    const { signal } = this.#life;
    for (let told = 0; told < this.#read && !signal.aborted;) {
      const read = this.#read;
      // What is not told now is told with the next; at worst, a little is unread again later.
      await Promise.allSettled([this.#ports.act('message-read', { read })]);
      told = read;
      await new Pause().wait(READ_GAP, signal);
    }
  }

  async #act<S extends 'message-edit' | 'message-delete' | 'message-list'>(
    stem: S,
    input: Input<S>,
    id?: string,
  ): Promise<Answer<S>> {
    const { requests } = this.#ports.slices;
    try {
      const answer: Answer<S> = await requests.run(requestKey(stem, id), () =>
        this.#ports.act(stem, input),
      );
      this.#keep(answer);
      this.#show();
      return answer;
    } catch (error) {
      if (error instanceof MeetingError) this.#tell(error);
      throw error;
    }
  }

  /** What the server answers is true, also while the feed is behind. */
  #keep<A extends { seq: number }>(answer: A): A {
    if ('message' in answer) this.#log.put(answer.message as Message, answer.seq);
    return answer;
  }

  #tell(error: MeetingError): void {
    this.#ports.slices.facts.tell({ type: 'meeting-error', error });
  }

  #wake(): void {
    this.#pause.wake();
    this.#outbox.wake();
  }

  #set(state: Omit<ChatState, 'messages'>): void {
    this.#state = state;
    this.#show();
  }

  #show(): void {
    const sent = this.#log.list.map((message) => ({ ...message, state: 'sent' as const }));
    const messages = Object.freeze([...sent, ...this.#outbox.messages]);
    this.#ports.slices.cells.chat.value = Object.freeze({ ...this.#state, messages });
  }

  /** The stay is over. */
  #forget(): void {
    this.#loading.abort();
    this.#log.clear();
    this.#outbox.clear();
    this.#typists.clear();
    this.#typed = undefined;
    this.#read = 0;
    this.#set({ phase: 'unknown', more: false });
  }
}

const participant = ({ identity, name, role, person }: Message['by']): Message['by'] => ({
  identity,
  name,
  role,
  person,
});

const toError = (cause: unknown): MeetingError =>
  cause instanceof MeetingError
    ? cause
    : new MeetingError('answer-unreadable', 'Not a list of messages.', { cause });
