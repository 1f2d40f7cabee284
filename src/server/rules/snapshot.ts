import type { Knock } from '../../protocol/knock.ts';
import type { ChatMark } from '../../protocol/message.ts';
import type { RosterEntry } from '../../protocol/participant.ts';
import type { RoomInfo, Snapshot } from '../../protocol/snapshot.ts';
import type { Room } from '../storage/tables.ts';
import type { Change } from './change.ts';
import { readMark } from './chat-marks.ts';
import { readKnocks } from './knocks.ts';
import { readRunning, toRecording } from './recording-rows.ts';
import { readRoster, type Seated, toParticipant } from './people.ts';

/** What a rule that lets somebody in has read under the room's lock. */
export interface Standing {
  stay: Seated;
  seq: number;
  room: Room;
  roster: RosterEntry[];
  /** Empty for guests. */
  knocks: Knock[];
  chat: ChatMark;
  recording: Pick<Snapshot, 'recording' | 'recordingConsent' | 'recordingAgreed' | 'recorders'>;
}

/** The room as everybody in it may know it. */
export const toRoomInfo = ({
  name,
  locked,
  presenter_mode: presenterMode,
}: Pick<Room, 'name' | 'locked' | 'presenter_mode'>): RoomInfo => ({ name, locked, presenterMode });

/** All that `stay` may know, with this change in it. */
export async function readStanding(change: Change, stay: Seated): Promise<Standing> {
  const { tx, room, seq } = change;
  const roster = await readRoster(tx, room.id);
  const knocks = stay.role === 'host' ? await readKnocks(tx, room.id) : [];
  const chat = await readMark(tx, room, stay.person, seq);
  return { stay, seq, room, roster, knocks, chat, recording: await readRecording(change) };
}

async function readRecording({ tx, room, policy }: Change): Promise<Standing['recording']> {
  const { consent, recorders } = policy.recordings;
  const running = await readRunning(tx, room.id);
  return {
    ...(running && { recording: toRecording(running.row) }),
    recordingConsent: consent,
    recordingAgreed: running?.agreed ?? [],
    recorders: [...recorders],
  };
}

/** The snapshot without what is minted after the transaction. */
export function toSnapshot({
  stay,
  seq,
  room,
  roster,
  knocks,
  chat,
  recording,
}: Standing): Omit<Snapshot, 'door' | 'token'> {
  return {
    seq,
    room: toRoomInfo(room),
    me: { ...toParticipant(stay), access: stay.access },
    roster,
    knocks,
    chat,
    ...recording,
  };
}
