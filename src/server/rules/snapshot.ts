import type { RosterEntry } from '../../protocol/participant.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { Room } from '../storage/tables.ts';
import { type Seated, toParticipant } from './people.ts';

/** What a rule that lets somebody in has read under the room's lock. */
export interface Standing {
  stay: Seated;
  seq: number;
  room: Room;
  roster: RosterEntry[];
}

/** The snapshot without what is minted after the transaction. */
export function toSnapshot({
  stay,
  seq,
  room,
  roster,
}: Standing): Omit<Snapshot, 'door' | 'token'> {
  return {
    seq,
    room: { name: room.name, locked: room.locked },
    me: { ...toParticipant(stay), access: stay.access },
    roster,
    knocks: [],
  };
}
