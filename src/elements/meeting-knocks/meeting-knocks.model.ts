import type { RequestsState } from '../../core/state.ts';
import { requestKey } from '../../core/state.ts';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Knock, KnockDecision } from '../../protocol/knock.ts';
import type { Texts } from '../../locales/en.ts';

/** How many cards show before "and 4 more". */
export const SHOWN = 3;

/** One card: somebody who waits, or what became of them without this host. */
export interface Card {
  readonly knock: Knock;
  readonly pending: boolean;
  /** Why there is nothing to decide any more. */
  readonly decided: KnockDecision | undefined;
}

/** The cards in the order people came; who was decided elsewhere keeps their place for a moment. */
export function cards(
  knocks: readonly Knock[],
  decided: ReadonlyMap<string, { knock: Knock; decision: KnockDecision }>,
  requests: RequestsState,
): Card[] {
  const pending = (identity: string): boolean =>
    (['knock-admit', 'knock-deny'] as const).some(
      (stem) => requests.get(requestKey(stem, identity))?.phase === 'pending',
    );
  const waiting = knocks
    .filter(({ identity }) => !decided.has(identity))
    .map((knock) => ({ knock, pending: pending(knock.identity), decided: undefined }));
  const over = [...decided.values()].map(({ knock, decision }) => ({
    knock,
    pending: false,
    decided: decision,
  }));
  return [...waiting, ...over].sort((a, b) => a.knock.at - b.knock.at);
}

/** What a fact says of a knock that this host didn't decide; undefined when that needs no word. */
export function decisionIn(
  fact: RoomEvent,
  me: string | undefined,
): { knock: Knock; decision: KnockDecision } | undefined {
  if (fact.by && 'identity' in fact.by && fact.by.identity === me) return undefined;
  const by = fact.by ? { by: fact.by } : {};
  switch (fact.type) {
    case 'knock-admitted':
      return { knock: fact.knock, decision: { state: 'admitted', ...by } };
    case 'knock-denied':
      return { knock: fact.knock, decision: { state: 'denied', ...by } };
    case 'knock-over':
      return fact.reason === 'withdrawn' || fact.reason === 'expired'
        ? { knock: fact.knock, decision: { state: fact.reason } }
        : undefined;
    default:
      return undefined;
  }
}

/** "Already admitted by Ben". */
export function decisionText({ state, by }: KnockDecision, texts: Texts['knocks']): string {
  const name = by && 'name' in by ? by.name : undefined;
  if (state === 'admitted') return name === undefined ? texts.admitted : texts.admittedBy(name);
  if (state === 'denied') return name === undefined ? texts.denied : texts.deniedBy(name);
  return texts.gone;
}
