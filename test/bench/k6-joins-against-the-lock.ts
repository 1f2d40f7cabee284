import type { RoomEvent } from '../../src/protocol/events.ts';
import { call, enter } from '../e2e/door.ts';
import type { Backend, Stage } from '../e2e/harness.ts';
import { type Figure, never, note } from './figure.ts';

/** Everybody here comes from one address: that must not be what stops them. */
export const UNHURRIED = { limits: { enterPerMinute: 100_000, requestsPerMinute: 100_000 } };

/** Strangers who are at the door at the same time. */
const AT_ONCE = 8;

/**
 * K6: so many strangers come by the public link while a host locks and unlocks. The room's log says
 * afterwards how the lock stood at the commit of each entry.
 */
export async function joinsAgainstTheLock(
  stage: Stage<Backend>,
  { joins, toggles }: { joins: number; toggles: number },
): Promise<Figure[]> {
  const room = stage.newRoom();
  const base = `${stage.server.url}/rooms/${room}`;
  const entryToken = await stage.pages.sign({ room, access: 'host', subject: 'host' });
  const { body: host } = await enter(stage.server.url, room, { entryToken });
  const lock = (locked: boolean) => call(`${base}/room-lock`, { locked }, host.session);
  await lock(false);

  // Each goes on until the other is done: every join has toggles beside it.
  const seqs: number[] = [];
  let turns = 0;
  let asked = 0;
  let refused = 0;
  const toggle = async (): Promise<void> => {
    for (; turns < toggles || asked < joins; turns += 1) {
      const { status, body } = await lock(turns % 2 === 0);
      if (status !== 200) throw new Error(`The lock: ${JSON.stringify(body)}`);
    }
  };
  const come = async (): Promise<void> => {
    while (turns < toggles || asked < joins) {
      asked += 1;
      const { status, body } = await enter(stage.server.url, room);
      if (status === 200) seqs.push(body.seq);
      else if (body.code === 'room-locked') refused += 1;
      else throw new Error(`Neither in nor locked out: ${JSON.stringify(body)}`);
    }
  };
  await Promise.all([toggle(), ...Array.from({ length: AT_ONCE }, come)]);

  const answer = await fetch(`${base}/events?after=0`, {
    headers: { authorization: `Bearer ${host.session}` },
  });
  const { events } = (await answer.json()) as { events: RoomEvent[] };
  const locks = events.filter(({ type }) => type === 'room-locked' || type === 'room-unlocked');
  const wrong = seqs.filter((seq) => {
    const last = locks.findLast((event) => event.seq <= seq);
    return last?.type !== 'room-unlocked';
  });
  return [
    never(
      'admitted while locked',
      wrong.map((seq) => `at ${seq}`),
      asked,
    ),
    note(
      'joins against toggles; admitted, refused',
      `${asked} against ${turns}; ${seqs.length}, ${refused}`,
    ),
  ];
}
