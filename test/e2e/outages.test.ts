import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, enter, tryDoor } from './door.ts';
import { eventually, spread, throughout } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';
import { RawPage } from './raw.ts';
import type { ServerProcess } from './server.ts';

/** The whole 30 s on demand; the same things happen within 10 s. */
const OUTAGE = process.env['FULL'] ? 30_000 : 10_000;
const FROZEN = 10_000;

let stage: Stage<ServerProcess>;

// An outage leaves traces, so each test has parts of its own.
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

async function threePeople(): Promise<{ room: string; people: Person[] }> {
  const room = stage.newRoom();
  const people = [await stage.host(room)];
  for (const name of ['Ada', 'Ben']) people.push(await stage.member(room, name));
  await everybodySees(people);
  return { room, people };
}

async function everybodySees(people: Person[], patience?: number): Promise<void> {
  await Promise.all(
    people.flatMap((one) =>
      people
        .filter((other) => other !== one)
        .map((other) => one.seesMoving(other.name, 3, patience)),
    ),
  );
}

/** Nobody was told that anybody left, and nobody is out. */
async function expectAllStayed(people: Person[]): Promise<void> {
  for (const person of people) {
    expect(await person.heard('participant-left'), person.name).toEqual([]);
    expect(await person.heard('meeting-left'), person.name).toEqual([]);
  }
}

/** Frames that each of them decodes in `duration` ms. */
async function framesIn(people: Person[], duration: number): Promise<number[]> {
  const before = await Promise.all(people.map((person) => person.frames()));
  await delay(duration);
  const after = await Promise.all(people.map((person) => person.frames()));
  return after.map((frames, index) => frames - (before[index] ?? 0));
}

describe('LiveKit', () => {
  it('killed and restarted: all see each other again', async () => {
    const { people } = await threePeople();
    stage.livekit.kill('SIGKILL');
    await delay(2_000);
    await stage.livekit.restart();
    const back = performance.now();
    const waits = await Promise.all(
      people.map(async (person) => {
        await everybodySeesFrom(person, people);
        return performance.now() - back;
      }),
    );
    console.log(`LiveKit back → everybody seen again: ${spread(waits)}`);
    await expectAllStayed(people);
  });

  it('frozen for 10 s: everyone is still there', async () => {
    const { people } = await threePeople();
    stage.livekit.kill('SIGSTOP');
    try {
      await delay(FROZEN);
    } finally {
      stage.livekit.kill('SIGCONT');
    }
    await everybodySees(people, 30_000);
    await throughout('three tiles on every page', 3_000, async () => {
      const tiles = await Promise.all(
        people.map((person) =>
          person.page.getByRole('group', { name: /^(Hanna|Ada|Ben)$/ }).count(),
        ),
      );
      return tiles.every((count) => count === 3);
    });
    await expectAllStayed(people);
  });
});

async function everybodySeesFrom(person: Person, people: Person[]): Promise<void> {
  for (const other of people) if (other !== person) await person.seesMoving(other.name, 3, 40_000);
}

describe('The meeting server', () => {
  it(
    `killed with -9 for ${OUTAGE / 1_000} s: running calls go on`,
    { timeout: 240_000 },
    async () => {
      const { room, people } = await threePeople();
      const usual = await framesIn(people, OUTAGE / 2);
      await stage.server.crash();
      const during = await framesIn(people, OUTAGE);
      await stage.server.restart();
      const shares = during.map((frames, index) => frames / 2 / (usual[index] ?? 0));
      console.log(
        `server away: ${shares.map((share) => `${(share * 100).toFixed(0)} %`).join(', ')} of the usual frames`,
      );
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(0.95);
      // It is the same call afterwards: others can come, and all see each other.
      const late = await stage.member(room, 'Cleo');
      await everybodySees([...people, late], 30_000);
      await expectAllStayed(people);
    },
  );

  it('killed between a removal’s commit and its LiveKit call: the removal is done after the restart', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room);
    const entryToken = await stage.pages.sign({
      room,
      access: 'always',
      subject: 'gil',
      name: 'Gil',
    });
    const { body } = await enter(stage.server.url, room, { entryToken });
    // A guest whose page ignores everything that it is told.
    const raw = await RawPage.open(await stage.newProfile(), stage.pages.origin);
    expect((await raw.connect(body.door, body.token, true)).connected).toBe(true);
    await host.seesMoving('Gil');

    const { held } = await stage.server.hold('RemoveParticipant');
    const removal = call(
      `${stage.server.url}/rooms/${room}/participant-remove`,
      { identity: body.me.identity },
      host.entered.session,
    ).catch(() => 'no answer');
    await held;
    const late = await tryDoor(body.door, body.token);
    late.close();
    expect(late.status, 'decided').toBe(403);
    await stage.server.crash();
    expect(await removal).toBe('no answer');
    expect(await stage.sfuIdentities(host), 'LiveKit was not told').toContain(body.me.identity);

    await stage.server.restart();
    const start = performance.now();
    await eventually('the removed guest is out of LiveKit', async () => {
      return !(await stage.sfuIdentities(host)).includes(body.me.identity);
    });
    console.log(`server back → removal done: ${(performance.now() - start).toFixed(0)} ms`);
    expect(performance.now() - start).toBeLessThan(3_000);
    await eventually(
      'the guest’s connection is closed',
      async () => (await raw.state()) !== 'connected',
    );
    await host.seesNoMore('Gil');
  });
});
