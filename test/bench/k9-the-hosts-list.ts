import { eventually } from '../e2e/eventually.ts';
import type { Stage } from '../e2e/harness.ts';
import { LightPerson } from '../e2e/light.ts';
import type { Person } from '../e2e/person.ts';
import { type Figure, never, note, quantile } from './figure.ts';

/**
 * Calls a method and looks at the tiles in the first frame after it returned, before the browser has
 * painted it: the names that hosts read, not the state behind them.
 */
const CALL_AND_LOOK = `
window.callAndLook = async (method, ...args) => {
  const room = document.querySelector('meeting-room');
  const start = performance.now();
  await room[method](...args);
  const took = performance.now() - start;
  await new Promise(requestAnimationFrame);
  const tiles = probe.deep(document).filter((element) => element.localName === 'participant-tile');
  return { took, names: tiles.map((tile) => tile.shadowRoot.querySelector('[part~=name]').textContent.trim()) };
};
`;

interface Looked {
  took: number;
  names: string[];
}

/**
 * K9: the host removes people without a camera one by one, and then ends the call for everyone else;
 * is the list right one frame after each call returned?
 */
export async function theHostsList(
  stage: Stage,
  { removals }: { removals: number },
): Promise<Figure[]> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', { camera: false });
  await host.page.evaluate(CALL_AND_LOOK);
  const wrong: string[] = [];
  const times: number[] = [];
  let looks = 0;
  const look = async (call: string, ...args: unknown[]): Promise<string[]> => {
    looks += 1;
    const { took, names } = await host.page.evaluate<Looked>(
      `callAndLook(${[call, ...args].map((arg) => JSON.stringify(arg)).join()})`,
    );
    times.push(took);
    return names;
  };
  const bystander = await lightPerson(stage, room, 'Bo');
  await host.sees('Bo');
  for (let turn = 1; turn <= removals; turn += 1) {
    const name = `Gil ${turn}`;
    const guest = await lightPerson(stage, room, name);
    await host.sees(name);
    const names = await look('removeParticipant', guest.entered.me.identity);
    if (isOther(names, ['Bo', 'You'])) wrong.push(`${name} removed, and there are ${names.join()}`);
    guest.close();
  }
  const names = await look('endCall', { keepMe: true });
  if (isOther(names, ['You'])) wrong.push(`ended for the others, and there are ${names.join()}`);
  bystander.close();
  await isAlone(stage, host);
  await stage.closeAll(host);
  return [
    never('the host’s list was wrong one frame after the call', wrong, looks),
    note('the call returned after', `p50=${quantile(times, 0.5).toFixed(0)} ms`),
  ];
}

async function lightPerson(stage: Stage, room: string, name: string): Promise<LightPerson> {
  const subject = `light-${process.hrtime.bigint().toString(36)}`;
  const token = await stage.pages.sign({ room, access: 'always', subject, name });
  return LightPerson.join(stage.server.url, room, token);
}

const isOther = (names: readonly string[], expected: readonly string[]): boolean =>
  [...names].sort().join() !== expected.join();

async function isAlone(stage: Stage, host: Person): Promise<void> {
  await eventually('the host is alone', async () => (await stage.sfuIdentities(host)).length === 1);
}
