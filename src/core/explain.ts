import { type Action, explain, type Explanation, type Subject } from '../protocol/permissions.ts';
import type { Role } from '../protocol/participant.ts';
import type { Store } from './state.ts';

/** What the answer hangs on, as signals. */
type Known = Pick<Store, 'connection' | 'me' | 'roster' | 'participant'>;

/** Whether `action` is allowed; if not, the code that the server would answer with. */
export type Explain = (
  known: Known,
  action: Action,
  identity: string | undefined,
  role: Role | undefined,
) => Explanation;

/** By what this page knows. Reads no more signals than the answer hangs on, by `value`. */
export const explainIn: Explain = (known, action, identity, role) =>
  explain(action, {
    by: asker(known),
    target: identity === undefined ? undefined : known.participant(identity).value,
    role,
    get hosts() {
      return hostsIn(known);
    },
  });

function asker({ connection, me }: Known): Subject | undefined {
  const { phase } = connection.value;
  return phase === 'joined' || phase === 'reconnecting' ? me.value : undefined;
}

function hostsIn(known: Known): number {
  const isHost = (identity: string): boolean => known.participant(identity).value?.role === 'host';
  return known.roster.value.filter(isHost).length;
}
