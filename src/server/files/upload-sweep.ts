import type { Commits } from '../commits.ts';
import type { Logger } from '../logger.ts';
import { repeat } from '../repeat.ts';
import type { Ports } from '../rules/change.ts';
import { dropStaleUploads } from '../rules/files.ts';
import { findRecording, isStale } from '../rules/recording-rows.ts';
import { forgetUpload, keepRecording } from '../rules/recording-uploads.ts';
import type { RecordingRow } from '../storage/recording-tables.ts';
import type { ByteStore } from './byte-store.ts';
import { finishBytes } from './finish-bytes.ts';

const INTERVAL = 60_000;
const AT_ONCE = 50;

/** What the sweep works on. */
export interface Swept {
  readonly ports: Ports;
  readonly commits: Commits;
  readonly bytes: ByteStore;
}

/** Sees to uploads that nobody goes on with, until `signal` aborts. */
export function startUploadSweep(swept: Swept, signal: AbortSignal, logger: Logger): void {
  repeat(
    INTERVAL,
    () => sweepUploads(swept),
    signal,
    (error) => logger.warn('Stale uploads could not be seen to; trying again.', { error }),
  );
}

/** Once, for all rooms: files are given up, and of recordings what came is kept. */
export async function sweepUploads(swept: Swept): Promise<void> {
  const { ports, commits } = swept;
  const { storage, clock } = ports;
  const now = clock.now();
  await storage.db.deleteFrom('file_links').where('expires_at', '<=', now).execute();
  const rooms = await storage.db
    .selectFrom('files')
    .select('room_id')
    .distinct()
    .where('expires_at', '<=', now)
    .limit(AT_ONCE)
    .execute();
  for (const { room_id: id } of rooms) await commits.change({ id }, dropStaleUploads);
  const recordings = await storage.db
    .selectFrom('recordings')
    .selectAll()
    .where('expires_at', '<=', now)
    .where('state', '=', 'stopped')
    .limit(AT_ONCE)
    .execute();
  for (const row of recordings) await keepWhatCame(swept, row);
}

/** A crash loses what was not sent yet, and not the recording. */
async function keepWhatCame({ ports, commits, bytes }: Swept, row: RecordingRow): Promise<void> {
  const { id, key, draft, room_id: roomId } = row;
  if (key === null || !draft) return;
  const came = await bytes.settle(key, draft);
  if (came.size === 0) {
    await commits.change({ id: roomId }, async (change) => {
      const now = await findRecording(change.tx, roomId, id);
      if (now?.key === key && isStale(now, change.now)) await forgetUpload(change, now);
    });
    return;
  }
  // Whoever goes on from now on is told that it stands elsewhere, and then finds it in the room.
  const { numUpdatedRows } = await ports.storage.db
    .updateTable('recordings')
    .set({ writer: 'sweep' })
    .where('id', '=', id)
    .where('key', '=', key)
    .where('expires_at', '<=', ports.clock.now())
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const { size, type } = await finishBytes(bytes, key, { ...draft, ...came });
  await commits.change({ id: roomId }, async (change) => {
    const now = await findRecording(change.tx, roomId, id);
    if (now?.key !== key) return;
    await keepRecording(change, { id, key, size, type, partial: size !== now.total }, now.by);
  });
}
