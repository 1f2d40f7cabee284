/*
 * Whoever floods a room with joins, in a process of their own: they are elsewhere, and what they send
 * costs their machine and not the one that serves. They come in crowds until they are told to stop;
 * says when the first is answered, and at the end how each was, and when.
 */
import { now } from '../bench/figure.ts';
import { enter, newVisitor } from './door.ts';

/** How one join was answered; `at` in ms since the epoch. */
export interface FloodAnswer {
  readonly status: number;
  readonly at: number;
}

const [server = '', room = '', crowd = '0'] = process.argv.slice(2);
/** A flood must not outlive the test that it belongs to. */
process.once('disconnect', () => process.exit());

const answers: FloodAnswer[] = [];
let isOver = false;
process.once('message', () => (isOver = true));

async function join(): Promise<void> {
  const { status } = await enter(server, room, { visitor: newVisitor(), name: 'Flood' });
  if (answers.length === 0) process.send?.('begun');
  answers.push({ status, at: now() });
}

while (!isOver) await Promise.all(Array.from({ length: Number(crowd) }, join));
process.send?.(answers);
process.disconnect();
