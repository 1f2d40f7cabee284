import type { TemplateResult } from 'lit';
import type { RoomContext } from '../../controllers/room-context.ts';
import { type ConnectionState, requestKey, type Store } from '../../core/state.ts';
import type { Texts } from '../../locales/en.ts';
import { iconLogOut, iconPhoneOff, iconUserX } from '../icons.generated.ts';

/** A way to leave. */
export type Way = 'call' | 'end' | 'endOthers';

/** The ways of a host, in their order. */
export const WAYS: readonly Way[] = ['call', 'end', 'endOthers'];

export const ICONS: Record<Way, () => TemplateResult> = {
  call: iconLogOut,
  end: iconPhoneOff,
  endOthers: iconUserX,
};

/** What the button and its menu go by. */
export interface LeaveView {
  readonly phase: ConnectionState['phase'];
  readonly host: boolean;
  /** Others would stay without a host if the one who looks left. */
  readonly last: boolean;
  readonly leaving: boolean;
  readonly ending: boolean;
  readonly shell: HTMLElement;
}

export function leaveView({ store, shell }: RoomContext): LeaveView {
  const isPending = (stem: 'call-leave' | 'call-end'): boolean =>
    store.requests.value.get(requestKey(stem))?.phase === 'pending';
  const host = store.me.value?.role === 'host';
  return {
    phase: store.connection.value.phase,
    host,
    last: host && isAloneAsHost(store),
    leaving: isPending('call-leave'),
    ending: isPending('call-end'),
    shell,
  };
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
