import type { RoomContext } from '../../controllers/room-context.ts';
import { requestKey, type Store } from '../../core/state.ts';
import type { ResetCount, ResetPart } from '../../protocol/reset.ts';
import type { Answer } from '../../protocol/routes.ts';

/** What the reset section shows of its room. */
export interface ResetView {
  readonly store: Store;
  readonly isHost: boolean;
  /** A reset is under way, or somebody is asked whether it may be. */
  readonly isPending: boolean;
  /** What a reset cleared is being put back. */
  readonly isRestoring: boolean;
  /** What it has cleared so far. */
  readonly cleared: readonly ResetCount[];
  readonly roster: readonly string[];
}

export const resetView = ({ store }: RoomContext): ResetView => ({
  store,
  isHost: store.me.value?.role === 'host',
  isPending: store.requests.value.get(requestKey('room-reset'))?.phase === 'pending',
  isRestoring: store.requests.value.get(requestKey('reset-restore'))?.phase === 'pending',
  cleared: store.cleared.value,
  roster: store.roster.value,
});

/** In the order of the boxes: what implies the others is the first. */
const ORDER = {
  activity: 0,
  chat: 1,
  'whiteboards-and-files': 2,
  recordings: 3,
  access: 4,
} as const satisfies Record<ResetPart, number>;
const ALL = Object.keys(ORDER) as ResetPart[];

/** The parts that there are at this server, as far as this page knows them. */
export function knownParts(preview: Answer<'reset-preview'> | 'failed' | undefined): ResetPart[] {
  if (typeof preview !== 'object') return ALL;
  return ALL.filter((part) => preview.parts.some((one) => one.part === part));
}
