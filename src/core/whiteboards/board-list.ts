import type { RoomEventOf } from '../../protocol/events.ts';
import type { Answer } from '../../protocol/routes.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import { LogList, type LogListPorts } from '../log-list.ts';
import { type Fact, requestKey } from '../state.ts';

type List = Answer<'whiteboard-list'>;
/** What the log tells of whiteboards. */
export type BoardEvent = RoomEventOf<
  'whiteboard-created' | 'whiteboard-changed' | 'whiteboard-cleared' | 'whiteboard-deleted'
>;
/** Keeps the list of whiteboards right while it is watched by somebody in the call. */
export type BoardList = LogList<List, BoardEvent>;

export const createBoardList = ({
  slices,
  page,
  ask,
}: Pick<LogListPorts<List, BoardEvent>, 'slices' | 'page' | 'ask'>): BoardList =>
  new LogList({
    ...{ slices, page, ask, isNews: isBoardEvent, apply },
    ...{ key: requestKey('whiteboard-list'), name: 'whiteboards' },
    show: (state) => {
      slices.cells.whiteboards.value = Object.freeze(
        state.phase === 'known'
          ? { phase: 'known', boards: sorted(state.list.whiteboards) }
          : state,
      );
    },
  });

/** Whether a fact is about whiteboards. */
export const isBoardEvent = (fact: Fact): fact is BoardEvent => fact.type.startsWith('whiteboard-');

function apply(list: List, { type, whiteboard }: BoardEvent): List {
  const others = list.whiteboards.filter(({ id }) => id !== whiteboard.id);
  const whiteboards = type === 'whiteboard-deleted' ? others : [...others, whiteboard];
  return { ...list, whiteboards };
}

/** The oldest first. */
const sorted = (boards: readonly Whiteboard[]): Whiteboard[] =>
  boards.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
