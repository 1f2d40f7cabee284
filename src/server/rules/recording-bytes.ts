import { newId } from '../secrets.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { Change } from './change.ts';

/** Deletions of bytes that one row of the outbox carries. */
const AT_ONCE = 20;

/** Random, below a folder of the room's own. Egress wants an ending. */
export const newRecordingKey = (roomId: string, ending = ''): string =>
  `recordings/${roomId}/${newId('f').slice(2)}${ending}`;

/** Leaves the bytes of recordings to the outbox. What Egress still writes, it ends first. */
export async function dropBytes(change: Change, rows: readonly RecordingRow[]): Promise<void> {
  const objects = rows.flatMap((row) => {
    if (row.key === null || isWritten(row)) return [];
    return { key: row.key, ...(row.draft && { draft: row.draft }) };
  });
  for (let from = 0; from < objects.length; from += AT_ONCE) {
    const some = objects.slice(from, from + AT_ONCE);
    change.effect({ kind: 'bytes.delete', payload: { objects: some } });
  }
  for (const { key, sfu_room: sfuRoom } of rows.filter(isWritten)) {
    if (key !== null && sfuRoom !== null) {
      change.effect({ kind: 'sfu.drop-egress', payload: { sfuRoom, key } });
    }
  }
}

const isWritten = ({ recorder, state }: RecordingRow): boolean =>
  recorder === 'egress' && state !== 'kept';
