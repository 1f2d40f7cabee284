import { previewReset } from '../rules/reset/preview.ts';
import { ALL_PARTS } from '../rules/reset/parts.ts';
import type { Acting } from '../rules/people.ts';
import { readSession } from '../rules/session.ts';
import type { Room } from '../storage/tables.ts';
import { type BackendHandler, type Caller, type Parts, readAsHost } from './context.ts';

export const resetPreview: BackendHandler<'reset-preview'> = async (parts, call) => {
  const room = await readAsHost(parts, call);
  if (room) return previewReset(parts.ports, room.id, await readActing(parts, call, room));
  const none = ALL_PARTS.map((part) => ({ part, count: 0 }));
  return { seq: 0, people: 0, parts: none, restorable: [], keptFor: parts.ports.policy.trash };
};

async function readActing({ ports }: Parts, call: Caller, room: Room): Promise<Acting> {
  if (call.isServer) return 'server';
  const { storage, clock } = ports;
  return { stay: await readSession(storage.db, room, call.session, 'host', clock.now()) };
}
