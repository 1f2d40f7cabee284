import { DROP_AFTER } from '../../protocol/limits.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { assess, type Comer } from './assess.ts';
import { beginStay } from './begin-stay.ts';
import { type Change, changeRoom, findRoom, type Ports } from './change.ts';
import { type Again, goOn } from './go-on.ts';
import { countUse, noteEntry } from './keys.ts';
import { voidPasses } from './passes.ts';
import { readStanding, type Standing } from './snapshot.ts';

/**
 * Lets somebody into the call, or says why not. A room begins to exist when the first person is let
 * in; until then it is a locked one like any other, and no row is made for every name tried.
 *
 * @throws MeetingError `room-locked`; `already-here`, `too-many-stays`; `access-key-…`
 */
export async function enterCall(
  ports: Ports,
  roomName: string,
  comer: Comer,
  again?: Again,
): Promise<Standing & { session: string }> {
  const create = comer.vouched !== undefined && comer.vouched !== 'knock';
  if (!create && !(await findRoom(ports, roomName))) throw lockedError();
  return changeRoom(ports, { name: roomName }, (change) => admit(change, comer, again), { create });
}

async function admit(
  change: Change,
  comer: Comer,
  again: Again,
): Promise<Standing & { session: string }> {
  const { tx, room, now } = change;
  const { level } = await assess(tx, room, comer, now);
  if (level === 'knock') throw lockedError();
  await countUse(change, comer);
  const { stay, session } =
    (await goOn(change, comer, { level, again })) ??
    (await beginStay(change, comer, { state: 'admitted', access: level }));
  // A pass is good for one way back.
  await voidPasses(change, comer.person);
  await noteEntry(change, stay);
  change.check(now + DROP_AFTER);
  return { ...(await readStanding(change, stay)), session };
}

const lockedError = (): MeetingError =>
  new MeetingError('room-locked', 'The room is locked, and nothing lets this visitor straight in.');
