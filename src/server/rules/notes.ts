import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Db, Tx } from '../storage/tables.ts';
import type { Change } from './change.ts';
import type { Seated } from './people.ts';

/** What somebody wrote for themselves about a room. */
export interface Note {
  text: string;
  version: number;
}

/** Empty where they never wrote. Goes by the person, so that it is there in their next call, too. */
export async function readNote(
  db: Db | Tx,
  roomId: string,
  { person }: Pick<Seated, 'person'>,
): Promise<Note> {
  const note = await db
    .selectFrom('notes')
    .select(['text', 'version'])
    .where('room_id', '=', roomId)
    .where('person', '=', person)
    .executeTakeFirst();
  return note ?? { text: '', version: 0 };
}

/** @throws MeetingError `note-changed` when it is not the version that they have seen. */
export async function writeNote(
  { tx, room, now: at }: Change,
  stay: Seated,
  { text, version }: Note,
): Promise<{ version: number }> {
  const { person } = stay;
  const last = await readNote(tx, room.id, stay);
  if (last.version !== version) {
    throw new MeetingError('note-changed', 'The note was changed since it was read.');
  }
  const written = { text, version: version + 1, at };
  await tx
    .insertInto('notes')
    .values({ room_id: room.id, person, ...written })
    .onConflict((conflict) => conflict.columns(['room_id', 'person']).doUpdateSet(written))
    .execute();
  return { version: written.version };
}
