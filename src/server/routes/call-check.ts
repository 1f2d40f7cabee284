import { assess } from '../rules/assess.ts';
import { findRoom } from '../rules/change.ts';
import { isHere } from '../rules/go-on.ts';
import { readRunning } from '../rules/recording-rows.ts';
import { toComer } from './comer.ts';
import type { Handler } from './context.ts';

export const callCheck: Handler<'call-check'> = async (parts, call, input) => {
  const { storage, clock, policy } = parts.ports;
  const comer = await toComer(parts, call, input);
  const room = await findRoom(parts.ports, call.room);
  const { level } = await assess(storage.db, room, comer, clock.now());
  const here = room !== undefined && (await isHere(storage.db, room, comer));
  // Whether a call goes on at all is nobody's business who must knock.
  const running = room && level !== 'knock' ? await readRunning(storage.db, room.id) : undefined;
  const { consent } = policy.recordings;
  return {
    access: level,
    ...(comer.name && { name: comer.name }),
    here,
    ...(running && { recording: { at: running.row.at, consent } }),
  };
};
