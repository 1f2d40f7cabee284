import type { Texts } from '../../locales/en.ts';
import { actorName } from '../shared/person.model.ts';
import type { Exit, ExitReason, NextStep } from '../../protocol/exit.ts';

/** What the notice says of an exit. */
export interface NoticeView {
  readonly heading: string;
  readonly sentence: string;
  readonly note: string | undefined;
  /** The one primary action; undefined when no step is open. */
  readonly action: string | undefined;
}

/** What the words hang on, beside the exit. */
export interface NoticeContext {
  /** The own identity: "You ended the call" when it was oneself. */
  readonly me: string | undefined;
  /** The step as it is now, when it is another than at the exit. */
  readonly next: NextStep;
  /** The time without knocking is over. */
  readonly passOver: boolean;
}

const ACTIONS: Record<NextStep, 'rejoin' | 'enter' | 'knock' | 'takeover' | undefined> = {
  rejoin: 'rejoin',
  enter: 'enter',
  knock: 'knock',
  takeover: 'takeover',
  none: undefined,
};

/** Who is out for these reasons has knocked before, or was let in. */
const AGAIN: ReadonlySet<ExitReason> = new Set(['removed', 'denied', 'expired', 'withdrawn']);
/** Nobody meant these, and the way back may be there at once. */
const AWAY: ReadonlySet<ExitReason> = new Set(['network', 'server']);

/** The words for an exit. Whoever was behind it is named when they are a person. */
export function noticeView(exit: Exit, { notice }: Texts, context: NoticeContext): NoticeView {
  return {
    heading: notice[exit.reason],
    sentence: sentence(exit, notice, context),
    note: exit.note,
    action: action(exit, notice, context),
  };
}

function sentence(
  { reason, by, until, next }: Exit,
  notice: Texts['notice'],
  { me, passOver }: NoticeContext,
): string {
  const name = actorName(by);
  const isMe = by !== undefined && 'identity' in by && by.identity === me;
  const sentences: Record<ExitReason, () => string> = {
    left: () => (passOver ? notice.leftOver : until === undefined ? '' : notice.leftUntil(until)),
    removed: () => (name === undefined ? notice.removedBySomeone : notice.removedBy(name)),
    ended: () =>
      isMe ? notice.endedByYou : name === undefined ? notice.endedBySomeone : notice.endedBy(name),
    reset: () =>
      isMe ? notice.resetByYou : name === undefined ? notice.resetBySomeone : notice.resetBy(name),
    denied: () => notice.deniedText,
    expired: () => notice.expiredText,
    withdrawn: () => notice.withdrawnText,
    replaced: () => notice.replacedText,
    network: () => (next === 'rejoin' ? notice.networkText : notice.networkOver),
    server: () => notice.serverText,
  };
  return sentences[reason]();
}

function action(
  { reason }: Exit,
  notice: Texts['notice'],
  { next }: NoticeContext,
): string | undefined {
  if (AWAY.has(reason) && next === 'rejoin') return notice.retry;
  if (AGAIN.has(reason) && next === 'knock') return notice.knockAgain;
  const words = ACTIONS[next];
  return words && notice[words];
}

/** How long something still lasts that ends at `until`, ms; `at` is when the exit was, both by the server. */
export function timeLeft(until: number | undefined, at: number): number {
  // The server's clock may differ from this one: never longer than the server wanted.
  return until === undefined ? 0 : Math.max(0, Math.min(until - Date.now(), until - at));
}
