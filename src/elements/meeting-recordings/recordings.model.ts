import type { RoomContext } from '../../controllers/room-context.ts';
import type { RecordingState } from '../../core/recording-state.ts';
import { requestKey, type Store } from '../../core/state.ts';
import type { Stem } from '../../protocol/paths.ts';

/** What the panel shows of its room. */
export interface PanelView {
  readonly store: Store;
  readonly isIn: boolean;
  readonly isHost: boolean;
  readonly recording: RecordingState | undefined;
  readonly people: number;
  readonly isStarting: boolean;
  readonly isStopping: boolean;
}

export const panelView = ({ store }: RoomContext): PanelView => {
  const { phase } = store.connection.value;
  return {
    store,
    isIn: phase === 'joined' || phase === 'reconnecting',
    isHost: store.explain('recording-start').allowed,
    recording: store.recording.value,
    people: store.roster.value.length,
    isStarting: isPending(store, 'recording-start'),
    isStopping: isPending(store, 'recording-stop'),
  };
};

/** Whether something is on its way. */
export const isPending = (store: Store, stem: Stem, id?: string): boolean =>
  store.requests.value.get(requestKey(stem, id))?.phase === 'pending';
