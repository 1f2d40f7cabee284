import type { Fact } from '../../core/state.ts';
import type { PanelTexts } from '../../locales/en-panels.ts';
import type { RoomEvent } from '../../protocol/events.ts';

type Said = PanelTexts['people']['activity']['said'];

/** Exits that an event of their own tells of, in one line for all whom it put out. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['removed', 'ended', 'reset']);

/** Whether a fact is an event of the room's log, and not of this page's own stay. */
export const isActivity = (fact: Fact): fact is RoomEvent => 'seq' in fact;

/** What an event says, in words; undefined for one that another tells of, or that is no activity. */
export function sentence(event: RoomEvent, said: Said): string | undefined {
  if (event.type === 'participant-left' && TOLD_ELSEWHERE.has(event.reason)) return undefined;
  const say = (said as Partial<Record<string, (event: RoomEvent) => string>>)[event.type];
  return say?.(event);
}

/** Both lists as one, the newest first, each event once. */
export function merge(a: readonly RoomEvent[], b: readonly RoomEvent[]): RoomEvent[] {
  const all = new Map([...a, ...b].map((event) => [event.seq, event]));
  return [...all.values()].sort((one, other) => other.seq - one.seq);
}

/** The events day by day, in the order they are in; the present day by its own name. */
export function byDay(
  events: readonly RoomEvent[],
  language: string,
  today: string,
): { day: string; events: RoomEvent[] }[] {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full' });
  const now = format.format(Date.now());
  const days: { day: string; events: RoomEvent[] }[] = [];
  for (const event of events) {
    const date = format.format(event.at);
    const day = date === now ? today : date;
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
