import type { Egresses } from './egress.ts';
import type { ByteStore } from './files/byte-store.ts';
import type { Ports } from './rules/change.ts';
import { readKnockSeats } from './rules/knock-camera.ts';
import { readSeats } from './rules/people.ts';
import { readPresenters } from './rules/presenter-mode.ts';
import type { Sfu } from './sfu.ts';
import type { Effect, Outbox } from './storage/tables.ts';

/** Between two looks at a room that should be empty, in ms. */
const LOOK_AGAIN = 250;
/** Somebody whose join was on its way may still come in once; whoever comes twice is a fault. */
const MAX_LOOKS = 12;

type Payload<K extends Effect['kind']> = Extract<Effect, { kind: K }>['payload'];

/** What is outside of the database. */
export interface Outside {
  readonly sfu: Sfu;
  readonly bytes: ByteStore;
  readonly egresses?: Egresses | undefined;
}

/**
 * Has LiveKit, or the byte store, do what a rule left in the outbox. Doing it twice does no harm.
 *
 * @throws MeetingError `sfu-unreachable`; Error when a room does not get clean, or when the byte
 *   store is away.
 */
export async function carryOut(ports: Ports, outside: Outside, row: Outbox): Promise<void> {
  const { sfu, bytes } = outside;
  // The two columns were written from one effect.
  const effect = { kind: row.kind, payload: row.payload } as Effect;
  switch (effect.kind) {
    case 'sfu.remove':
      return remove(sfu, effect.payload);
    case 'sfu.permit':
      return permit(ports, sfu, row.room_id, effect.payload.sfuRoom);
    case 'sfu.sweep':
      return sweep(ports, sfu, row.room_id, effect.payload.sfuRoom);
    case 'sfu.delete-room':
      return sfu.deleteRoom(effect.payload.sfuRoom);
    case 'sfu.close-knock':
      return closeKnock(ports, sfu, effect.payload.sfuRoom);
    case 'sfu.stop-egress':
      return stopEgress(outside, effect.payload);
    case 'sfu.drop-egress':
      return dropEgress(outside, effect.payload, ports.clock.now() - row.created_at);
    case 'bytes.delete':
      for (const { key, draft } of effect.payload.objects) await bytes.delete(key, draft);
  }
}

/** On v0 paths LiveKit makes a second identity `p_…#x` of one token; the door refuses, we sweep. */
async function remove(sfu: Sfu, { sfuRoom, identity }: Payload<'sfu.remove'>): Promise<void> {
  await sfu.removeParticipant(sfuRoom, identity);
  const left = await sfu.listParticipants(sfuRoom);
  const ghosts = left.filter((other) => other.identity.startsWith(`${identity}#`));
  await Promise.all(ghosts.map((ghost) => sfu.removeParticipant(sfuRoom, ghost.identity)));
}

/** By what is true now, not by what was so when it was asked for. */
async function permit(ports: Ports, sfu: Sfu, roomId: string, sfuRoom: string): Promise<void> {
  const presenters = await readPresenters(ports.storage.db, roomId);
  const there = await sfu.listParticipants(sfuRoom);
  const wrong = there.filter(({ identity, presents }) => {
    const may = presenters.get(identity);
    return may !== undefined && may !== presents;
  });
  await Promise.all(
    wrong.map(({ identity, presents }) => sfu.setPresents(sfuRoom, identity, !presents)),
  );
}

/** Off and on again it is the same room: then only those go whose seats are gone. */
async function closeKnock(ports: Ports, sfu: Sfu, sfuRoom: string): Promise<void> {
  const seats = await readKnockSeats(ports.storage.db, sfuRoom);
  if (seats.size === 0) return sfu.deleteRoom(sfuRoom);
  const there = await sfu.listParticipants(sfuRoom);
  const strangers = there.filter(({ identity }) => !seats.has(identity));
  await Promise.all(strangers.map(({ identity }) => sfu.removeParticipant(sfuRoom, identity)));
}

/** A join that was on its way shows up a moment later: clean is what was clean twice. */
async function sweep(ports: Ports, sfu: Sfu, roomId: string, sfuRoom: string): Promise<void> {
  for (let looks = 0, clean = 0; clean < 2; looks++) {
    if (looks > 0) await new Promise((again) => setTimeout(again, LOOK_AGAIN));
    if (looks === MAX_LOOKS) throw new Error('People keep coming into a LiveKit room.');
    const there = await sfu.listParticipants(sfuRoom);
    const seats = await readSeats(ports.storage.db, roomId);
    const strangers = there.filter(({ identity, isMachine }) => !isMachine && !seats.has(identity));
    await Promise.all(strangers.map(({ identity }) => sfu.removeParticipant(sfuRoom, identity)));
    clean = strangers.length === 0 ? clean + 1 : 0;
  }
}

/** It brings its bytes where they belong, and tells when that is done. */
async function stopEgress(
  { egresses }: Outside,
  payload: Payload<'sfu.stop-egress'>,
): Promise<void> {
  const { sfuRoom, key } = payload;
  for (const { id, key: theirs, state } of (await egresses?.list(sfuRoom)) ?? []) {
    if (theirs === key && state === 'active') await egresses?.stop(id);
  }
}

/** Longer nobody waits for an Egress that says it is not over yet, ms. */
const EGRESS_GONE_AFTER = 60 * 60_000;

/** Its bytes can go for good once nobody writes them any more. */
async function dropEgress(
  { egresses, bytes }: Outside,
  { sfuRoom, key }: Payload<'sfu.drop-egress'>,
  age: number,
): Promise<void> {
  const all = age < EGRESS_GONE_AFTER ? ((await egresses?.list(sfuRoom)) ?? []) : [];
  const writing = all.filter(
    (one) => one.key === key && (one.state === 'active' || one.state === 'ending'),
  );
  for (const { id, state } of writing) if (state === 'active') await egresses?.stop(id);
  if (writing.length > 0) throw new Error('Egress has not ended yet.');
  await bytes.delete(key);
}
