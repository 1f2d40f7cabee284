import { FILE_LINK_TTL, RECORDING_LINK_TTL } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { hash, newFileLink } from '../secrets.ts';
import type { Db, Room } from '../storage/tables.ts';
import { demand } from './demand.ts';
import { readFile } from './files.ts';
import { exitOf, overError, seated, type Seated } from './people.ts';
import { readKept } from './recording-rows.ts';

/** What a link opens, as whoever sends the bytes must know it. */
export interface Linked {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly type: string | null;
}

/** Something that links open, and for whom. */
export interface LinkKind {
  readonly column: 'file_id' | 'recording_id';
  readonly ttl: number;
  /** @throws MeetingError when the room has none such any more. */
  read(db: Db, roomId: string, id: string): Promise<Linked>;
  /** @throws MeetingError when it is not, or no more, for somebody who is in. */
  demand(by: Seated): void;
}

/** Files are for everybody who is in. */
export const FILE_LINKS: LinkKind = {
  column: 'file_id',
  ttl: FILE_LINK_TTL,
  read: readFile,
  demand: () => undefined,
};

/** Recordings are for hosts. One looks at them for long, so their links are good for longer. */
export const RECORDING_LINKS: LinkKind = {
  column: 'recording_id',
  ttl: RECORDING_LINK_TTL,
  async read(db, roomId, id) {
    const row = await readKept(db, roomId, id);
    return { ...row, key: row.key ?? '' };
  },
  demand: (by) => demand('recording-open', { by }),
};

/**
 * Opens bytes to one stay for a while. No lock: what the link opens is decided when it is used.
 *
 * @throws MeetingError `file-not-found`, `recording-not-found`.
 */
export async function openLink(
  db: Db,
  room: Pick<Room, 'id'>,
  kind: LinkKind,
  { stay, id, now }: { stay: Seated; id: string; now: number },
): Promise<{ link: string; until: number }> {
  const found = await kind.read(db, room.id, id);
  const link = newFileLink();
  const until = now + kind.ttl;
  await db
    .insertInto('file_links')
    .values({
      hash: hash(link),
      file_id: null,
      recording_id: null,
      [kind.column]: found.id,
      admission_id: stay.id,
      expires_at: until,
    })
    .execute();
  return { link, until };
}

/** What a link opens, and to whom. */
export interface Opened {
  readonly kind: LinkKind;
  readonly linked: Linked;
  readonly admission: string;
}

/**
 * What `link` opens now.
 *
 * @throws MeetingError `file-link-invalid` when it opens nothing, or no more; `admission-over` when
 *   whom it was made for is out, `not-host` when it is not for them any more; `file-not-found` or
 *   `recording-not-found` when it is gone meanwhile.
 */
export async function readLink(
  db: Db,
  room: Pick<Room, 'id' | 'locked'> | undefined,
  kind: LinkKind,
  { link, now }: { link: string; now: number },
): Promise<Opened> {
  const found = await db
    .selectFrom('file_links')
    .innerJoin('admissions', 'admissions.id', 'file_links.admission_id')
    .select([`file_links.${kind.column} as id`, 'admission_id'])
    .where('file_links.hash', '=', hash(link))
    .where('file_links.expires_at', '>', now)
    .where('admissions.room_id', '=', room?.id ?? '')
    .executeTakeFirst();
  if (!found || found.id === null || !room) {
    throw new MeetingError('file-link-invalid', 'The link opens nothing.');
  }
  const linked = await kind.read(db, room.id, found.id);
  const opened = { kind, linked, admission: found.admission_id };
  await checkStillIn(db, room, opened, now);
  return opened;
}

/** @throws MeetingError as `readLink`. */
export async function checkStillIn(
  db: Db,
  room: Pick<Room, 'id' | 'locked'>,
  { kind, linked, admission }: Opened,
  now: number,
): Promise<void> {
  const stay = await seated(db).where('admissions.id', '=', admission).executeTakeFirst();
  const exit = stay && exitOf(stay, now, room);
  if (exit) throw overError(exit);
  if (!stay) throw new MeetingError('file-link-invalid', 'The link is of nobody who is in.');
  kind.demand(stay);
  await kind.read(db, room.id, linked.id);
}
