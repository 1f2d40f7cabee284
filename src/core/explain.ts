import { type Action, explain, type Explanation, type Subject } from '../protocol/permissions.ts';
import type { Role } from '../protocol/participant.ts';
import type { Store } from './state.ts';

/** What the answer hangs on, as signals. */
export type Known = Pick<Store, 'connection' | 'me' | 'room' | 'roster' | 'participant' | 'files'>;

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
    target: targetOf(known, action, identity),
    role,
    get presenterMode() {
      return known.room.value?.presenterMode;
    },
    get hosts() {
      return hostsIn(known);
    },
  });

function asker({ connection, me }: Known): Subject | undefined {
  const { phase } = connection.value;
  return phase === 'joined' || phase === 'reconnecting' ? me.value : undefined;
}

/** Whom it concerns: of a file, whoever uploaded it. */
function targetOf(known: Known, action: Action, id: string | undefined): Subject | undefined {
  if (id === undefined) return undefined;
  if (action !== 'file-delete') return known.participant(id).value;
  const list = known.files.value;
  const file = list.phase === 'known' ? list.files.find((one) => one.id === id) : undefined;
  return file && 'person' in file.by ? file.by : undefined;
}

function hostsIn(known: Known): number {
  const isHost = (identity: string): boolean => known.participant(identity).value?.role === 'host';
  return known.roster.value.filter(isHost).length;
}
