/*
 * `npm run bench`: what the project promises in figures, each beside its goal. `npm run bench -- K5
 * bytes` does those parts alone; all of them take about an hour. Ends with 1 when a goal is missed.
 */
import { cpus, loadavg } from 'node:os';
import type { Figure } from './figure.ts';
import { PROMISES } from './parts.ts';
import { benchBytes, compare } from './side-by-side.ts';

// What runs in a session of its own hears of no interruption, and ends when we exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(1));

const names = process.argv.slice(2);
const known = ['join', 'removal', 'bytes', ...Object.keys(PROMISES)];
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No part ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}
const isAsked = (name: string): boolean => names.length === 0 || names.includes(name);
const load = (): string => `load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;

console.log(`${new Date().toISOString()}, ${load()}\n`);
const parts = { join: isAsked('join'), removal: isAsked('removal') };
if (parts.join || parts.removal) await compare(parts);
if (isAsked('bytes')) await benchBytes();
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(PROMISES)) {
  if (isAsked(name)) figures.push(...(await measure()));
}
const missed = figures.filter(({ isMet }) => !isMet);
if (figures.length > 0) {
  console.log(missed.length === 0 ? 'Every goal is met' : `${missed.length} goals are missed`);
}
console.log(`${new Date().toISOString()}, ${load()}`);
// A part that failed may have left browsers open, which would keep this process for ever.
process.exit(missed.length === 0 ? 0 : 1);
