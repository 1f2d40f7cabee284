import { MeetingError } from '../protocol/meeting-error.ts';
import { isPrivate, type RoomEvent } from '../protocol/events.ts';
import { MAX_NOTE_LENGTH } from '../protocol/limits.ts';
import { cleanLine } from '../protocol/names.ts';
import type { AccessLevel, Participant } from '../protocol/participant.ts';
import type { Stem } from '../protocol/paths.ts';
import type { Logger } from './logger.ts';

/** Somebody who is not in yet, as far as their way in says who they are. */
export interface Visitor {
  readonly kind: 'visitor';
  readonly person: string;
  readonly name: string;
  /** How far they would get now. */
  readonly access: AccessLevel;
}

/** What somebody is about to do. */
export interface Wish {
  /** The act, by the stem of its route: `participant-remove`, `call-enter`, … */
  readonly stem: Stem;
  readonly room: string;
  /** A host, a backend with an API key, or with `call-enter` and `knock` a visitor. */
  readonly by: Participant | { readonly kind: 'server' } | Visitor;
  /** Whom it concerns, where it concerns somebody. */
  readonly target?: Participant | undefined;
  /** What the route takes, without secrets. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Why not, in a sentence that the person who asked is shown. */
export interface Forbidden {
  readonly forbid: string;
}

/** What the integrator's code has to say, in process. */
export interface Hooks {
  /**
   * Asked before every act of a host, an API key, or somebody who wants in, and before a message is
   * written, changed or deleted, unless it is private, or a file is deleted; not for acts of
   * `server.rooms`. When it throws or takes over 5 s, the act is refused (503 `hook-failed`).
   */
  before?: ((wish: Wish) => Promise<Forbidden | undefined> | Forbidden | undefined) | undefined;
  /**
   * Hears every event that this process commits, but for private messages, in order per room. At most once: what is
   * committed when the process dies is not told again; webhooks are. A promise is not waited for.
   */
  event?: ((event: RoomEvent) => Promise<void> | void) | undefined;
}

/** Longer nobody waits for the integrator's verdict, ms. */
const BEFORE_TIMEOUT = 5_000;

/** Asks the integrator's `before`, and goes on only with a clear yes. */
export class Veto {
  readonly #before: Hooks['before'];
  readonly #logger: Logger;
  readonly #timeout: number;

  constructor(before: Hooks['before'], logger: Logger, timeout = BEFORE_TIMEOUT) {
    this.#before = before;
    this.#logger = logger;
    this.#timeout = timeout;
  }

  /** Whether there is anybody to ask; if not, a wish need not be put together. */
  get isAsked(): boolean {
    return this.#before !== undefined;
  }

  /** @throws MeetingError `forbidden`, with the integrator's reason; `hook-failed`. */
  async ask(wish: Wish): Promise<void> {
    const verdict = await this.#verdict(wish);
    if (verdict === undefined) return;
    const reason = cleanLine(verdict.forbid).slice(0, MAX_NOTE_LENGTH);
    throw new MeetingError('forbidden', 'A hook of the server forbids it.', { reason });
  }

  async #verdict(wish: Wish): Promise<Forbidden | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('It took too long.')), this.#timeout);
    });
    try {
      const verdict: unknown = await Promise.race([this.#before?.(wish), late]);
      if (verdict === undefined || isForbidden(verdict)) return verdict;
      throw new TypeError('It answered neither undefined nor { forbid: "…" }.');
    } catch (cause) {
      this.#logger.error('The hook `before` failed, so an act was refused.', {
        error: cause,
        stem: wish.stem,
      });
      throw new MeetingError('hook-failed', 'A hook of the server failed.', { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}

const isForbidden = (verdict: unknown): verdict is Forbidden =>
  typeof verdict === 'object' &&
  verdict !== null &&
  'forbid' in verdict &&
  typeof verdict.forbid === 'string';

/** Tells the integrator's `event` what is committed; what it throws is logged, and harms nobody. */
export function tellHook(
  event: NonNullable<Hooks['event']>,
  logger: Logger,
): (events: readonly RoomEvent[]) => void {
  const failed = (error: unknown, { type, id }: RoomEvent): void =>
    logger.error('The hook `event` failed.', { error, event: id, type });
  return (events) => {
    for (const told of events.filter((each) => !isPrivate(each))) {
      try {
        Promise.resolve(event(told)).catch((error: unknown) => failed(error, told));
      } catch (error) {
        failed(error, told);
      }
    }
  };
}
