import { LIVEKIT_TOKEN_TTL } from '../../protocol/limits.ts';
import type { Role } from '../../protocol/participant.ts';
import type { Db, Room } from '../storage/tables.ts';
import { sfuRoomOf } from './begin-stay.ts';
import type { Change } from './change.ts';
import { type Acting, toActor } from './people.ts';

/** Whether somebody of this role may share their screen, add files and draw. */
export const mayPresent = ({ presenter_mode }: Pick<Room, 'presenter_mode'>, role: Role): boolean =>
  role === 'host' || !presenter_mode;

/** Says whether hosts alone present. LiveKit ends what others share, and takes no more of it. */
export async function setPresenterMode(
  change: Change,
  acting: Acting,
  { on }: { on: boolean },
): Promise<{ seq: number; on: boolean }> {
  if (change.room.presenter_mode !== on) {
    await change.tx
      .updateTable('rooms')
      .set({ presenter_mode: on, presenter_at: change.now })
      .where('id', '=', change.room.id)
      .execute();
    change.append({ type: 'presenter-mode-changed', on, by: toActor(acting) });
    permit(change);
  }
  return { seq: change.seq, on };
}

/** Has LiveKit let everybody in the call present, or not, as it is now. */
export function permit(change: Change): void {
  change.effect({ kind: 'sfu.permit', payload: { sfuRoom: sfuRoomOf(change.room) } });
}

/** Somebody came in by a token that may be older than the present mode. */
export function permitComer(change: Change): void {
  const { presenter_mode, presenter_at } = change.room;
  const isFresh = presenter_at !== null && change.now - presenter_at <= 2 * LIVEKIT_TOKEN_TTL;
  if (presenter_mode || isFresh) permit(change);
}

/** Of everybody with a seat in the call, whether they may present. */
export async function readPresenters(db: Db, roomId: string): Promise<Map<string, boolean>> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('admissions', 'admissions.id', 'seats.admission_id')
    .innerJoin('rooms', 'rooms.id', 'seats.room_id')
    .select(['seats.identity', 'admissions.role', 'rooms.presenter_mode'])
    .where('seats.room_id', '=', roomId)
    .where('seats.kind', '=', 'call')
    .where('admissions.state', '=', 'admitted')
    .execute();
  return new Map(rows.map((row) => [row.identity, mayPresent(row, row.role)]));
}
