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

const ACTIONS: Record<NextStep, keyof Texts['notice'] | undefined> = {
  rejoin: 'rejoin',
  enter: 'enter',
  knock: 'knock',
  takeover: 'takeover',
  none: undefined,
};

/** Who is out for these reasons has knocked before, or was let in. */
const AGAIN: ReadonlySet<ExitReason> = new Set(['removed', 'denied', 'expired', 'withdrawn']);

const again = (next: NextStep): keyof Texts['notice'] | undefined =>
  next === 'knock' ? 'knockAgain' : ACTIONS[next];

/** The words for an exit. Whoever was behind it is named when they are a person. */
export function noticeView(exit: Exit, { notice }: Texts): NoticeView {
  const by = actorName(exit.by);
  const sentences: Record<ExitReason, string> = {
    left: exit.until === undefined ? '' : notice.leftUntil(exit.until),
    removed: by === undefined ? notice.removedBySomeone : notice.removedBy(by),
    ended: by === undefined ? notice.endedBySomeone : notice.endedBy(by),
    reset: by === undefined ? notice.resetBySomeone : notice.resetBy(by),
    denied: notice.deniedText,
    expired: notice.expiredText,
    withdrawn: notice.withdrawnText,
    replaced: notice.replacedText,
    network: notice.networkText,
    server: notice.serverText,
  };
  const away = exit.reason === 'network' || exit.reason === 'server';
  const action = away ? 'retry' : AGAIN.has(exit.reason) ? again(exit.next) : ACTIONS[exit.next];
  return {
    heading: notice[exit.reason],
    sentence: sentences[exit.reason],
    note: exit.note,
    action: action && (notice[action] as string),
  };
}
