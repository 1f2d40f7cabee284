import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../e2e/door.ts';
import { eventually } from '../e2e/eventually.ts';
import { type Backend, BEHIND, launchChromium, newProfile, type Stage } from '../e2e/harness.ts';
import type { Heard, Person } from '../e2e/person.ts';
import { Crowd, type CrowdMember } from './crowd.ts';
import { failed, type Figure, never, note, now, quantile, within } from './figure.ts';
import { type Frame, Listener } from './listener.ts';
import { Pauses } from './pauses.ts';
import { gatherLights, gatherTen, seeAllTen, type Ten } from './ten.ts';

/** The host's camera gives a frame every 50 ms, so that a gap of 200 shows. */
const FPS = 20;
/** How long the host's media is looked at from the click on, and just as long before it, ms. */
const SPAN = 1_500;
/** A joiner begins at most so long before the click, ms: a join takes about as long. */
const EARLIEST = 600;

/** The longest times without a frame, ms. */
interface Gaps {
  /** At most: from a frame to the next one that was seen. */
  came: number;
  /** For sure: from a frame to the last look that found no other. */
  sure: number;
  /** Between two seen frames on the sender's own clock: the camera gave none. */
  captured: number;
}

interface Run {
  /** When the host clicked, ms since the epoch. */
  click: number;
  before: Gaps;
  during: Gaps;
  leftOver: string[];
  joiner: string;
  isSettled: boolean;
}

/**
 * K5: a host of ten ends the call for everyone else while somebody is joining, again and again. The
 * host is in a browser process of their own; so is a recorder, who stays and hears them without us;
 * the nine others are in one that yields to both.
 */
export async function endButMe(
  stage: Stage<Backend>,
  { runs }: { runs: number },
): Promise<Figure[]> {
  const hosts = await launchChromium(FPS);
  // On machines of their own they could not starve the host's, nor the recorder's.
  const others = await launchChromium(10, BEHIND);
  let crowd = await Crowd.open(stage, await newProfile(others));
  const room = stage.newRoom();
  const ten = await gatherTen(stage, crowd, room, { host: hosts, members: others });
  await seeAllTen(ten);
  const listener = await Listener.open(stage, ten.host);
  const pauses = new Pauses();
  const all: Run[] = [];
  let broken: Figure[] = [];
  for (let run = 0; run < runs; run += 1) {
    try {
      if (run > 0) crowd = await comeBack(crowd, room, ten);
      await eventually('ten and the recorder are in LiveKit', async () => {
        return (await stage.sfuIdentities(ten.host)).length === 11;
      });
      await delay(SPAN);
      all.push(await endOnce(stage, crowd, ten, listener));
      const { before, during } = all.at(-1) as Run;
      console.error(`run ${run + 1}: ${saySpan(during)}; before: ${saySpan(before)}`);
    } catch (error) {
      // What was measured until then is worth being told.
      console.error(error);
      broken = [failed(`run ${run + 1} of ${runs} could be measured`, error)];
      break;
    }
  }
  const reconnects = (await ten.host.heard('meeting-reconnecting')).map(
    sayReconnect(all, ten.host, pauses),
  );
  pauses.stop();
  await listener.close();
  await stage.closeAll(...ten.members);
  await crowd.close();
  await Promise.all([hosts.close(), others.close()]);
  return [...summarize(all, reconnects), ...broken];
}

/** With a new page for the crowd, for a page may have only so many connections in its life. */
async function comeBack(crowd: Crowd, room: string, ten: Ten): Promise<Crowd> {
  const back = ten.members.map((person) => person.calls('join', { name: person.name }));
  const fresh = await crowd.anew();
  ten.lights = await gatherLights(fresh, room);
  await Promise.all(back);
  return fresh;
}

async function endOnce(
  stage: Stage<Backend>,
  crowd: Crowd,
  { host, members, lights }: Ten,
  listener: Listener,
): Promise<Run> {
  const { room } = host.entered;
  const ends = (await host.heard('call-ended')).length;
  const refused = (error: unknown): string => String(error);
  const wait = Math.round(Math.random() * EARLIEST);
  const joining = crowd.join(room.name, 'Jo').catch(refused);
  await delay(wait);
  const click = now();
  const { settled } = (await host.calls('endCall', { keepMe: true })) as { settled: boolean };
  const atOnce = await stage.sfuIdentities(host);
  const ended = await eventually('the end is told', async () => {
    return (await host.heard('call-ended'))[ends];
  });
  const joiner = await joining;
  // Whoever entered after the end is in by right; everybody else is out.
  const isAfter = typeof joiner !== 'string' && joiner.entered.seq >= (ended.seq ?? 0);
  const mayBe = new Set([host.entered.me.identity, 'recorder']);
  if (isAfter) mayBe.add(joiner.entered.me.identity);
  await Promise.all(members.map((person) => person.reads('The call has ended')));
  await Promise.all(lights.map(({ over }) => over));
  await delay(Math.max(0, click + SPAN - now()));
  const later = await stage.sfuIdentities(host);
  const leftOver = [...(settled ? atOnce : []), ...later].filter((one) => !mayBe.has(one));
  const frames = await listener.frames();

  await Promise.all(lights.map((light) => light.close()));
  if (typeof joiner !== 'string') await leave(stage, room.name, joiner);
  return {
    click,
    before: gapsIn(frames, click - SPAN, click),
    during: gapsIn(frames, click, click + SPAN),
    leftOver,
    joiner: isAfter ? 'in after the end' : typeof joiner === 'string' ? 'refused' : 'out',
    isSettled: settled,
  };
}

async function leave(stage: Stage<Backend>, room: string, member: CrowdMember): Promise<void> {
  await call(`${stage.server.url}/rooms/${room}/call-leave`, {}, member.entered.session);
  await member.close();
}

/**
 * Why it was, and how long after which click: before the first one, after none. With what LiveKit
 * said of it, and how long the machine had stood still.
 */
const sayReconnect =
  (runs: readonly Run[], host: Person, pauses: Pauses) =>
  ({ why, heardAt }: Heard): string => {
    const clicks = runs.filter(({ click }) => click <= heardAt);
    const after = heardAt - (clicks.at(-1)?.click ?? heardAt);
    const leaves = host.signals.flatMap((said) => (said?.case === 'leave' ? [said.value] : []));
    const told = leaves.map(({ action, reason }) => `leave ${action}, ${reason}`).join('; ');
    const pause = pauses.longest(heardAt, 30_000).toFixed(0);
    return `${String(why)} ${after.toFixed(0)} ms after click ${clicks.length} (LiveKit: ${told || 'nothing'}; the machine’s longest pause in 30 s: ${pause} ms)`;
  };

/** The longest gaps that lie wholly or in part in the span. */
function gapsIn(frames: readonly Frame[], from: number, to: number): Gaps {
  const gaps: Gaps = { came: 0, sure: 0, captured: 0 };
  for (const [index, frame] of frames.entries()) {
    const last = frames[index - 1];
    if (!last || frame.at < from || last.at > to) continue;
    gaps.came = Math.max(gaps.came, frame.at - last.at);
    gaps.sure = Math.max(gaps.sure, frame.notBefore - last.at);
    gaps.captured = Math.max(gaps.captured, frame.captured - last.captured);
  }
  // No frame after the last one is a gap, too.
  const end = frames.at(-1);
  if (end && end.at < to) {
    gaps.came = Math.max(gaps.came, to - end.at);
    gaps.sure = Math.max(gaps.sure, to - end.at);
  }
  return gaps;
}

const saySpan = ({ came, sure, captured }: Gaps): string =>
  `at most ${came.toFixed(0)}, for sure ${sure.toFixed(0)}, no picture taken ${captured.toFixed(0)} ms`;

/** On a machine that skips frames by itself, the end must not be what skips more. */
function longestGap(runs: readonly Run[]): Figure {
  const came = (gaps: readonly Gaps[]): number[] => gaps.map((gap) => gap.came);
  const figure = within(
    'the host’s longest gap, as a recorder hears it',
    came(runs.map(({ during }) => during)),
    1,
    200,
  );
  const before = quantile(came(runs.map((run) => run.before)), 1);
  const during = quantile(came(runs.map((run) => run.during)), 1);
  return { ...figure, isNear: figure.isNear || during < 2 * before };
}

function summarize(runs: readonly Run[], reconnects: readonly string[]): Figure[] {
  const say = (gaps: readonly Gaps[]): string => {
    const of = (key: keyof Gaps): string => {
      const values = gaps.map((gap) => gap[key]);
      const over = values.filter((value) => value > 200).length;
      return `max ${quantile(values, 1).toFixed(0)}, p50 ${quantile(values, 0.5).toFixed(0)} ms, ${over} over 200`;
    };
    return `at most: ${of('came')}; for sure: ${of('sure')}; no picture taken: ${of('captured')}`;
  };
  const fates = new Map<string, number>();
  for (const { joiner } of runs) fates.set(joiner, (fates.get(joiner) ?? 0) + 1);
  return [
    never(
      'left over',
      runs.flatMap(({ leftOver }) => leftOver),
      runs.length,
    ),
    never(
      'success was not said within the call',
      runs.filter(({ isSettled }) => !isSettled).map(() => 'not settled'),
      runs.length,
    ),
    longestGap(runs),
    note(`  in ${SPAN} ms from the click on`, say(runs.map(({ during }) => during))),
    note(`  in ${SPAN} ms before it`, say(runs.map(({ before }) => before))),
    never('the host’s connection was made anew', reconnects, runs.length),
    note('who was joining', [...fates].map(([fate, count]) => `${count} ${fate}`).join(', ')),
  ];
}
