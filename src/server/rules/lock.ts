import type { Change } from './change.ts';
import { admitAllowed } from './knock.ts';
import { type Acting, toActor } from './people.ts';

/** Says whether the public link asks people to knock. Nobody in the call is concerned. */
export async function lockRoom(
  change: Change,
  acting: Acting,
  { locked }: { locked: boolean },
): Promise<{ seq: number; locked: boolean }> {
  if (change.room.locked !== locked) {
    await change.tx.updateTable('rooms').set({ locked }).where('id', '=', change.room.id).execute();
    const by = toActor(acting);
    change.append(
      locked ? { type: 'room-locked', cause: 'host', by } : { type: 'room-unlocked', by },
    );
    if (!locked) await admitAllowed(change, acting);
  }
  return { seq: change.seq, locked };
}
