import type { Change, Ports } from './rules/change.ts';
import { knockRoomOf, readKnockSeats } from './rules/knock-camera.ts';
import type { Sfu, SfuParticipant } from './sfu.ts';

/**
 * LiveKit may finish a join that it had begun when the stay or the seat ended, although its socket
 * is closed and it was asked to remove the identity before it knew it: so long somebody may still
 * appear. ms.
 */
export const STRAGGLERS_FOR = 5_000;

/** The LiveKit room of a knocker's camera, and whom LiveKit has in it. */
export interface KnockRoom {
  sfuRoom: string;
  there: readonly SfuParticipant[];
}

/** Looks into the rooms of those who show themselves while they knock, or did a moment ago. */
export async function listKnockRooms(
  { storage, clock }: Ports,
  sfu: Sfu,
  roomId: string,
): Promise<KnockRoom[]> {
  const since = clock.now() - STRAGGLERS_FOR;
  const stays = await storage.db
    .selectFrom('admissions')
    .select('id')
    .where('room_id', '=', roomId)
    .where(({ eb, or, and }) =>
      or([
        and([eb('state', '=', 'waiting'), eb('camera', '=', true)]),
        eb('camera_off_at', '>', since),
      ]),
    )
    .execute();
  return Promise.all(
    stays.map(async ({ id }) => {
      const sfuRoom = knockRoomOf(id);
      return { sfuRoom, there: await sfu.listParticipants(sfuRoom) };
    }),
  );
}

/** Puts out whoever LiveKit has there without a seat, and deletes what is over and came back. */
export async function compareKnockRooms(
  change: Change,
  rooms: readonly KnockRoom[],
): Promise<void> {
  for (const { sfuRoom, there } of rooms) {
    if (there.length === 0) continue;
    const seats = await readKnockSeats(change.tx, sfuRoom);
    if (seats.size === 0) change.effect({ kind: 'sfu.close-knock', payload: { sfuRoom } });
    else
      for (const { identity } of there) {
        if (seats.has(identity)) continue;
        change.effect({ kind: 'sfu.remove', payload: { sfuRoom, identity } });
      }
  }
}
