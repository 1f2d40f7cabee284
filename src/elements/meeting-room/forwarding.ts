import { effect, type Signal } from '@preact/signals-core';
import type { Forward } from '../../controllers/room-context.ts';
import type { Store } from '../../core/state.ts';
import { MeetingErrorEvent } from '../../events/meeting-error.ts';
import { MeetingForwardRequestEvent } from '../../events/meeting-forward-request.ts';
import type { Verdict } from '../../events/request-event.ts';
import type { Exit, ExitReason } from '../../protocol/exit.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';

/** How long the notice stays, so that people can read why they are out, ms. */
const READING = 10_000;

/** Over for good. Who was replaced is in elsewhere, and who lost the network may be back at once. */
const FINAL: ReadonlySet<ExitReason> = new Set([
  'left',
  'removed',
  'ended',
  'reset',
  'denied',
  'expired',
  'withdrawn',
]);

export interface ForwardingPorts {
  readonly store: Store;
  readonly shell: HTMLElement;
  /** Where the notice finds what is about to happen. */
  readonly forward: Signal<Forward | undefined>;
  /** The end of the room's time in its page. */
  readonly signal: AbortSignal;
  url(): string | null;
  refused(verdict: Verdict & { allowed: false }): Promise<void>;
}

/** Sends the page on when a stay is over for good, unless the page or the person says no. */
export class Forwarding {
  readonly #ports: ForwardingPorts;

  constructor(ports: ForwardingPorts) {
    this.#ports = ports;
  }

  /** To be called when the page has heard of the end. */
  async after({ reason }: Exit): Promise<void> {
    const { shell, store, refused } = this.#ports;
    const wish = this.#ports.url();
    if (!wish || !FINAL.has(reason)) return;
    const url = webAddress(wish, shell.baseURI);
    if (url === undefined) {
      const error = new MeetingError('setup-incomplete', '`forward-url` is no http(s) address.');
      shell.dispatchEvent(new MeetingErrorEvent(error));
      return;
    }
    const out = store.connection.peek();
    const event = new MeetingForwardRequestEvent(url, reason);
    shell.dispatchEvent(event);
    const verdict = await event.verdict();
    if (!verdict.allowed) return refused(verdict);
    // Somebody who is back already stays.
    if (out.phase !== 'out' || store.connection.peek() !== out) return;
    if (reason === 'left') this.#go(url);
    else this.#count(url);
  }

  /** Counts down while the page is seen, until somebody goes, stays, or comes back in. */
  #count(url: string): void {
    const { forward, shell, signal, store } = this.#ports;
    const { ownerDocument } = shell;
    const ended = new AbortController();
    const end = (): void => ended.abort();
    const clock = new SeenTime(ownerDocument, READING, ended.signal);
    const stop = effect(() => {
      if (store.connection.value.phase !== 'out') end();
    });
    ended.signal.addEventListener('abort', () => {
      forward.value = undefined;
      stop();
    });
    signal.addEventListener('abort', end, { signal: ended.signal });
    const go = (): void => {
      end();
      this.#go(url);
    };
    clock.onEnd(go);
    forward.value = Object.freeze({ url, left: () => clock.left, go, stay: end });
  }

  #go(url: string): void {
    this.#ports.shell.ownerDocument.location.assign(url);
  }
}

/** The address that `wish` means; undefined for what runs code or is no page. */
function webAddress(wish: string, base: string): string | undefined {
  if (!URL.canParse(wish, base)) return undefined;
  const { protocol, href } = new URL(wish, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** A stretch of time that goes on only while somebody can see the page. */
class SeenTime {
  readonly #document: Document;
  readonly #signal: AbortSignal;
  #left: number;
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #end: () => void = () => {};

  constructor(document: Document, ms: number, signal: AbortSignal) {
    this.#document = document;
    this.#signal = signal;
    this.#left = ms;
    document.addEventListener('visibilitychange', this.#turn, { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
    this.#turn();
  }

  get left(): number {
    const passed = this.#since === undefined ? 0 : performance.now() - this.#since;
    return Math.max(0, this.#left - passed);
  }

  onEnd(end: () => void): void {
    this.#end = end;
  }

  readonly #turn = (): void => {
    clearTimeout(this.#timer);
    this.#left = this.left;
    const seen = this.#document.visibilityState === 'visible' && !this.#signal.aborted;
    this.#since = seen ? performance.now() : undefined;
    if (seen) this.#timer = setTimeout(() => this.#end(), this.#left);
  };
}
