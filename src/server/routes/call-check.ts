import { assess, type Comer } from '../rules/assess.ts';
import { findRoom, type Ports } from '../rules/change.ts';
import { isHere } from '../rules/go-on.ts';
import { readRunning } from '../rules/recording-rows.ts';
import { toComer } from './comer.ts';
import type { Handler } from './context.ts';

export const callCheck: Handler<'call-check'> = async (parts, call, input) => {
  const comer = await toComer(parts, call, input);
  const { level, here, running } = await parts.comers.take(call.room, () =>
    look(parts.ports, call.room, comer),
  );
  const { consent } = parts.ports.policy.recordings;
  return {
    access: level,
    ...(comer.name && { name: comer.name }),
    here,
    ...(running && { recording: { at: running.row.at, consent } }),
  };
};

async function look(ports: Ports, name: string, comer: Comer) {
  const { db } = ports.storage;
  const room = await findRoom(ports, name);
  const { level } = await assess(db, room, comer, ports.clock.now());
  const here = room !== undefined && (await isHere(db, room, comer));
  // Whether a call goes on at all is nobody's business who must knock.
  const running = room && level !== 'knock' ? await readRunning(db, room.id) : undefined;
  return { level, here, running };
}
