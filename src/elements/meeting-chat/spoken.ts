import type { Fact } from '../../core/state.ts';
import type { Message } from '../../protocol/message.ts';
import { wordsOf } from './meeting-chat.model.ts';

/** Messages that come within this time are told of together, ms. */
const BATCH = 800;
/** Longer ones are cut: whoever wants to hear all of it goes there. */
const MAX_SPOKEN = 200;

interface SpokenTexts {
  said(name: string, text: string): string;
  saidPrivately(name: string, text: string): string;
  newBelow(count: number): string;
}

/** Has a screen reader say what others write while the chat is open: one each, many by number. */
export class Spoken {
  readonly #region: () => HTMLElement | null;
  readonly #texts: () => SpokenTexts;
  #waiting: Message[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(region: () => HTMLElement | null, texts: () => SpokenTexts) {
    this.#region = region;
    this.#texts = texts;
  }

  hear(fact: Fact, self: string | undefined): void {
    if (fact.type !== 'message-received' || fact.message.by.person === self) return;
    this.#waiting.push(fact.message);
    this.#timer ??= setTimeout(() => this.#say(), BATCH);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #say(): void {
    const said = this.#waiting;
    this.stop();
    const region = this.#region();
    if (!region) return;
    const line = region.ownerDocument.createElement('div');
    line.textContent = this.#sentence(said);
    region.append(line);
    while (region.childElementCount > 3) region.firstElementChild?.remove();
  }

  #sentence(said: readonly Message[]): string {
    const texts = this.#texts();
    const [first] = said;
    if (!first || said.length > 1) return texts.newBelow(said.length);
    const words = wordsOf(first);
    const short = words.length > MAX_SPOKEN ? `${words.slice(0, MAX_SPOKEN)}…` : words;
    return (first.to ? texts.saidPrivately : texts.said)(first.by.name, short);
  }
}
