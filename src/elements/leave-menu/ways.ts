import type { TemplateResult } from 'lit';
import type { RoomContext } from '../../controllers/room-context.ts';
import { type ConnectionState, requestKey, type Store } from '../../core/state.ts';
import type { Texts } from '../../locales/en.ts';
import { iconCrown, iconLogOut, iconPhoneOff, iconUserX } from '../icons.generated.ts';

/** What the menu offers; `handOver` first has somebody else made host. */
export type Way = 'call' | 'handOver' | 'end' | 'endOthers';

export const ICONS: Record<Way, () => TemplateResult> = {
  call: iconLogOut,
  handOver: iconCrown,
  end: iconPhoneOff,
  endOthers: iconUserX,
};

/** What the button and its menu go by. */
export interface LeaveView {
  readonly phase: ConnectionState['phase'];
  readonly host: boolean;
  /** Others would stay without a host if the one who looks left. */
  readonly last: boolean;
  /** Whether there is a panel to choose somebody in. */
  readonly people: boolean;
  readonly leaving: boolean;
  readonly ending: boolean;
  readonly shell: HTMLElement;
}

export function leaveView({ store, panels, shell }: RoomContext): LeaveView {
  const isPending = (stem: 'call-leave' | 'call-end'): boolean =>
    store.requests.value.get(requestKey(stem))?.phase === 'pending';
  const host = store.me.value?.role === 'host';
  return {
    phase: store.connection.value.phase,
    host,
    last: host && isAloneAsHost(store),
    people: panels.value.offered.includes('people'),
    leaving: isPending('call-leave'),
    ending: isPending('call-end'),
    shell,
  };
}

/** The ways of a host. */
export function waysOf({ last, people }: LeaveView): readonly Way[] {
  return last && people ? ['call', 'handOver', 'end', 'endOthers'] : ['call', 'end', 'endOthers'];
}

/** What follows from a way, in one line. */
export function hintOf(way: Way, last: boolean, leave: Texts['leave']): string {
  return way === 'call' && last ? leave.lastHint : leave[`${way}Hint`];
}

function isAloneAsHost(store: Store): boolean {
  const others = store.roster.value
    .map((identity) => store.participant(identity).value)
    .filter((one) => one?.kind === 'person' && !one.self);
  return others.length > 0 && others.every((one) => one?.role !== 'host');
}
