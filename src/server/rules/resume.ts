import { DROP_AFTER } from '../../protocol/limits.ts';
import type { Change } from './change.ts';
import { sfuRoomOf } from './begin-stay.ts';
import { replacedExit } from './end-stay.ts';
import { endLooks } from './knock-look.ts';
import { endRecordingIn } from './recording-ends.ts';
import type { Seated } from './people.ts';
import { readStanding, type Standing } from './snapshot.ts';

/**
 * Brings a stay back: after a lost connection, a reload, or, with the pass, after leaving. Whoever
 * takes over puts the page out that holds the stay now.
 */
export async function resumeCall(
  change: Change,
  stay: Seated,
  { takeOver = false }: { takeOver?: boolean | undefined },
): Promise<Standing> {
  const { tx, room, now } = change;
  const isBack = stay.state === 'left';
  if (isBack) {
    await tx
      .updateTable('admissions')
      .set({
        state: 'admitted',
        present: false,
        entered_at: now,
        gone_at: null,
        over_at: null,
        over_by: null,
        over_reason: null,
        note: null,
        pass_until: null,
      })
      .where('id', '=', stay.id)
      .execute();
    change.check(now + DROP_AFTER);
  }
  const generation = stay.generation + (takeOver ? 1 : 0);
  if (takeOver) {
    await tx.updateTable('admissions').set({ generation }).where('id', '=', stay.id).execute();
    change.tellOut({ id: stay.id, generation }, stay.identity, replacedExit(now));
    await endLooks(change, stay);
    await endRecordingIn(change, stay);
  }
  // The call they were in has ended; the one there is now has a LiveKit room of its own.
  const sfu_room = sfuRoomOf(room);
  if (stay.sfu_room !== sfu_room) {
    await tx.updateTable('seats').set({ sfu_room }).where('identity', '=', stay.identity).execute();
  }
  return readStanding(change, { ...stay, state: 'admitted', generation, sfu_room });
}
