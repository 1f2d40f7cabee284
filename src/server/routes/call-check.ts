import { assess } from '../rules/assess.ts';
import { findRoom } from '../rules/change.ts';
import { isHere } from '../rules/go-on.ts';
import { toComer } from './comer.ts';
import type { Handler } from './context.ts';

export const callCheck: Handler<'call-check'> = async (parts, call, input) => {
  const { storage, clock } = parts.ports;
  const comer = await toComer(parts, call, input);
  const room = await findRoom(parts.ports, call.room);
  const { level } = await assess(storage.db, room, comer, clock.now());
  const here = room !== undefined && (await isHere(storage.db, room, comer));
  return { access: level, ...(comer.name && { name: comer.name }), here };
};
