import { call, tryDoor } from '../e2e/door.ts';
import { eventually } from '../e2e/eventually.ts';
import type { Backend, Stage } from '../e2e/harness.ts';
import { Crowd } from './crowd.ts';
import { type Figure, never, within } from './figure.ts';
import { gatherTen, leaveBy, seeAllTen, type Ten } from './ten.ts';

const NOTICE = 'The call has ended';

/** Everything that led in before the end. */
interface OldWays {
  tokens: string[];
  sessions: string[];
}

/** K4: a host of ten ends the call for everyone, by the red button. */
export async function endForEveryone(
  stage: Stage<Backend>,
  { runs }: { runs: number },
): Promise<Figure[]> {
  const crowd = await Crowd.open(stage);
  const waits: number[] = [];
  const ins: string[] = [];
  const unsaid: string[] = [];
  let tries = 0;
  for (let run = 0; run < runs; run += 1) {
    const room = stage.newRoom();
    const ten = await gatherTen(stage, crowd, room);
    await seeAllTen(ten);
    const ways = await waysOf(ten);
    const pages = [ten.host, ...ten.members];
    const shown = pages.map((person) => person.shown(NOTICE));
    const losts = ten.lights.map((light) => light.lost());
    await leaveBy(ten.host, 'End call for everyone');
    const start = await ten.host.lastAct();
    const overs = await Promise.all(ten.lights.map(({ over }) => over));
    const told = [...(await Promise.all(shown)), ...overs.map(({ at }) => at)];
    waits.push(...told.map((at) => at - start));
    unsaid.push(...overs.flatMap(({ exit }) => (exit?.reason === 'ended' ? [] : [String(exit)])));
    await Promise.all(losts);
    await eventually('LiveKit is empty', () => isEmpty(stage));
    const { tried, into } = await tryAll(stage, room, ways);
    tries += tried;
    ins.push(...into);
    await Promise.all(ten.lights.map((light) => light.close()));
    await stage.closeAll(...pages);
  }
  await crowd.close();
  return [
    within('all ten are told, after the host’s click', waits, 0.95, 1_000),
    never('told something else than the end', unsaid, waits.length),
    never('in by an old token or session', ins, tries),
  ];
}

async function waysOf({ host, members, lights }: Ten): Promise<OldWays> {
  const doors = await Promise.all([host, ...members].map((person) => person.doorWithRefreshed()));
  const refreshed = await Promise.all(lights.map((light) => light.refreshed()));
  const people = [host, ...members, ...lights];
  return {
    tokens: [
      ...doors.flatMap((door) => [door.token, door.refreshed]),
      ...lights.map(({ entered }) => entered.token),
      ...refreshed,
    ],
    sessions: people.map(({ entered }) => entered.session),
  };
}

async function tryAll(
  { server }: Stage<Backend>,
  room: string,
  { tokens, sessions }: OldWays,
): Promise<{ tried: number; into: string[] }> {
  const into: string[] = [];
  for (const token of tokens) {
    const attempt = await tryDoor(server.url, token);
    attempt.close();
    if (attempt.status === 101) into.push('a token');
  }
  for (const session of sessions) {
    const { status } = await call(`${server.url}/rooms/${room}/call-resume`, {}, session);
    if (status === 200) into.push('a session');
  }
  return { tried: tokens.length + sessions.length, into };
}

/** Whether LiveKit has nobody: one call after the other is ended here. */
async function isEmpty({ sfu }: Stage<Backend>): Promise<boolean> {
  const rooms = await sfu.listRooms();
  const people = await Promise.all(
    rooms.map(({ name }) => sfu.listParticipants(name).catch(() => [])),
  );
  return people.flat().length === 0;
}
