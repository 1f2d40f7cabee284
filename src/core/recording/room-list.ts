import type { RoomEventOf } from '../../protocol/events.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Recording } from '../../protocol/recording.ts';
import { LogList, type LogListPorts } from '../log-list.ts';
import type { RecordingsState } from '../recording-state.ts';
import { type Fact, requestKey } from '../state.ts';

type List = Answer<'recording-list'>;
type News = RoomEventOf<'recording-added' | 'recording-deleted'>;
export type RoomRecordingList = LogList<List, News>;

/** Keeps the list of what the room keeps right while a host watches it. */
export function createRoomList(
  ports: Pick<LogListPorts<List, News>, 'slices' | 'page' | 'ask'> & {
    show(state: RecordingsState): void;
  },
): RoomRecordingList {
  const { slices, page, ask, show } = ports;
  return new LogList<List, News>({
    ...{ slices, page, ask, key: requestKey('recording-list'), name: 'recordings' },
    isNews,
    apply,
    show: (state) => {
      if (state.phase !== 'known') return show(Object.freeze(state));
      const { recordings, usage, limits } = state.list;
      show(Object.freeze({ phase: 'known', recordings, usage, limits }));
    },
  });
}

const isNews = (fact: Fact): fact is News =>
  fact.type === 'recording-added' || fact.type === 'recording-deleted';

function apply(list: List, { type, recording }: News): List {
  const others = list.recordings.filter(({ id }) => id !== recording.id);
  const recordings =
    type === 'recording-added'
      ? [recording, ...others].toSorted((one, other) => other.at - one.at)
      : others;
  return { ...list, recordings, usage: usageOf(recordings) };
}

const usageOf = (recordings: readonly Recording[]): List['usage'] => ({
  recordings: recordings.length,
  bytes: recordings.reduce((sum, { size = 0 }) => sum + size, 0),
});
