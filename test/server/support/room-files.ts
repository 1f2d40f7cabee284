import type { Entered } from '../../../src/protocol/snapshot.ts';
import { NEW_DRAFT } from '../../../src/server/files/byte-store.ts';
import {
  addUpload,
  completeUpload,
  findFile,
  type StoredFile,
} from '../../../src/server/rules/files.ts';
import { readSession } from '../../../src/server/rules/session.ts';
import { newId } from '../../../src/server/secrets.ts';
import type { Rig } from './rig.ts';
import { collect, pattern } from './uploader.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Puts a file of 2,000 bytes into a room, or half of one. @returns its id. */
export async function putFile(
  rig: Rig,
  room: string,
  stay: Entered,
  name: string,
  { isWhole = true } = {},
): Promise<string> {
  const id = newId('f');
  await rig.commits.change({ name: room }, async (change) => {
    const by = await readSession(change.tx, change.room, stay.session, 'session', change.now);
    await addUpload(change, by, { id, name, size: 2_000 });
  });
  const { key } = await fileRow(rig, room, id);
  const keep = (draft: object) =>
    rig.storage.db
      .updateTable('files')
      .set({ draft: { size: 0, ...draft } })
      .where('id', '=', id)
      .execute()
      .then(() => undefined);
  const sent = pattern(isWhole ? 2_000 : 1_000);
  const draft = await rig.bytes.append(key, NEW_DRAFT, once(sent), keep);
  if (!isWhole) return id;
  await rig.bytes.complete(key, draft);
  await rig.commits.change({ name: room }, (change) =>
    completeUpload(change, { id, type: 'text/plain', image: undefined }),
  );
  return id;
}

/** @throws Error when the room has no such file. */
export async function fileRow(rig: Rig, room: string, id: string): Promise<StoredFile> {
  const found = await findFile(rig.storage.db, (await rig.room(room)).id, id);
  if (!found) throw new Error('There is no such file.');
  return found;
}

/** What the byte store has of a room. */
export const keysOf = async (rig: Rig, room: string): Promise<string[]> =>
  collect(rig.bytes.list(`files/${(await rig.room(room)).id}/`));
