import type { RoomEventOf } from '../../protocol/events.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Answer } from '../../protocol/routes.ts';
import { LogList, type LogListPorts } from '../log-list.ts';
import { type Fact, requestKey } from '../state.ts';

type List = Answer<'file-list'>;
type FileEvent = RoomEventOf<'file-added' | 'file-deleted'>;
/** Keeps the list of files right while it is watched by somebody in the call. */
export type FileList = LogList<List, FileEvent>;

export const createFileList = ({
  slices,
  page,
  ask,
}: Pick<LogListPorts<List, FileEvent>, 'slices' | 'page' | 'ask'>): FileList =>
  new LogList({
    ...{ slices, page, ask, isNews, apply, key: requestKey('file-list'), name: 'files' },
    show: (state) => {
      const { files: cell } = slices.cells;
      if (state.phase !== 'known') {
        cell.value = Object.freeze(state);
        return;
      }
      const { files, usage, limits } = state.list;
      cell.value = Object.freeze({ phase: 'known', files, usage, limits });
    },
  });

const isNews = (fact: Fact): fact is FileEvent =>
  fact.type === 'file-added' || fact.type === 'file-deleted';

function apply(list: List, { type, file }: FileEvent): List {
  const others = list.files.filter(({ id }) => id !== file.id);
  const files = type === 'file-added' ? [file, ...others] : others;
  return { ...list, files, usage: usageOf(files) };
}

const usageOf = (files: readonly RoomFile[]): List['usage'] => ({
  files: files.length,
  bytes: files.reduce((sum, { size }) => sum + size, 0),
});
