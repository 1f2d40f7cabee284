import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../src/protocol/events.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually } from '../e2e/eventually.ts';
import { NO_LIVEKIT } from './support/server.ts';
import { ServerChild } from './support/server-child.ts';
import { newDatabase, seedFolder } from './support/storages.ts';
import { entryToken, newMessageId, newRoom, newVisitor } from './support/tokens.ts';

/** A server in a process of its own, and what a test asks it. */
class House {
  readonly child: ServerChild;

  constructor(child: ServerChild) {
    this.child = child;
  }

  static async start(storage: Record<string, string>): Promise<House> {
    const child = await ServerChild.prepare();
    await child.start({
      LIVEKIT_URL: NO_LIVEKIT.url,
      LIVEKIT_API_KEY: NO_LIVEKIT.apiKey,
      LIVEKIT_API_SECRET: NO_LIVEKIT.apiSecret,
      ...storage,
    });
    return new House(child);
  }

  async post<Body>(
    room: string,
    stem: string,
    input: object,
    session?: string,
  ): Promise<{ status: number; body: Body }> {
    const response = await fetch(`${this.child.url}/rooms/${room}/${stem}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(session && { authorization: `Bearer ${session}` }),
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  async enter(room: string, sub: string): Promise<Entered> {
    const entry = await entryToken({ room, access: 'host', sub, name: sub });
    const input = { visitor: newVisitor(), entryToken: entry };
    const { status, body } = await this.post<Entered>(room, 'call-enter', input);
    expect(status).toBe(200);
    return body;
  }

  /** A room with somebody in it, an invitation and a message. */
  async build(): Promise<{ room: string; host: Entered; key: string }> {
    const room = newRoom();
    const host = await this.enter(room, 'hanna');
    const guest = { name: 'Max', access: 'always' };
    type Made = Answer<'invitation-create'>;
    const { body } = await this.post<Made>(room, 'invitation-create', guest, host.session);
    const message = { id: newMessageId(), text: 'A thing of the past' };
    await this.post(room, 'message-send', message, host.session);
    return { room, host, key: body.key };
  }

  async activity(room: string, session: string): Promise<RoomEvent[]> {
    const headers = { authorization: `Bearer ${session}` };
    const response = await fetch(`${this.child.url}/rooms/${room}/activity`, { headers });
    return ((await response.json()) as Answer<'activity'>).events;
  }

  /** What became of it: it never began, or was carried through to its one end. */
  async outcome(house: { room: string; host: Entered; key: string }): Promise<'nothing' | 'all'> {
    const { room, host, key } = house;
    const { status } = await this.post(room, 'call-resume', {}, host.session);
    if (status === 200) {
      const events = await this.activity(room, host.session);
      expect(events.map(({ type }) => type)).toEqual(['invitation-created']);
      return 'nothing';
    }
    const again = await this.enter(room, 'again');
    const events = await eventually('the reset is done', async () => {
      const told = await this.activity(room, again.session);
      return told.some(({ type }) => type === 'room-reset') ? told : undefined;
    });
    expect(events).toMatchObject([
      {
        type: 'room-reset',
        receipt: {
          parts: [
            { part: 'chat', count: 1 },
            { part: 'whiteboards-and-files', count: 0 },
            { part: 'access', count: 1 },
            { part: 'activity', count: 1 },
          ],
        },
      },
    ]);
    const check = { visitor: newVisitor(), key };
    const { body } = await this.post<{ code: string }>(room, 'call-check', check);
    expect(body.code).toBe('access-key-invalid');
    return 'all';
  }
}

/** Two starts of a server, and on a machine that is busy. */
const PATIENCE = 180_000;

/** Where a process stops until it is killed: a trigger waits there for a lock that the test holds. */
const STOPS = [
  { stop: 'before it began', on: 'insert on resets', outcome: 'nothing' },
  { stop: 'while the log is deleted', on: 'delete on events', outcome: 'all' },
  { stop: 'while people are forgotten', on: 'update of name on admissions', outcome: 'all' },
  { stop: 'as a part is done', on: 'update of progress on resets', outcome: 'all' },
  {
    stop: 'before it is told',
    on: 'insert on events',
    when: `new.type = 'room-reset'`,
    outcome: 'all',
  },
  { stop: 'at its very end', on: 'delete on resets', outcome: 'all' },
] as const;

describe('A full reset whose server is killed, on PostgreSQL,', () => {
  let house: House;
  let client: pg.Client;
  beforeAll(async () => {
    const url = await newDatabase();
    house = await House.start({ DATABASE_URL: url });
    client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`create function stop() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock(42); return coalesce(new, old); end $$`);
  });
  afterAll(async () => {
    await client.end();
    await house.child.end();
  });

  it.each(STOPS)('$stop, comes to $outcome', async (at) => {
    const built = await house.build();
    const [, table] = / on (\w+)$/.exec(at.on) ?? [];
    const when = 'when' in at ? `when (${at.when})` : '';
    await client.query('select pg_advisory_lock(42)');
    await client.query(
      `create trigger stop before ${at.on} for each row ${when} execute function stop()`,
    );
    const asked = house
      .post(built.room, 'room-reset', { parts: ['activity'] }, built.host.session)
      .catch(() => 'killed');
    await eventually('the server stopped there', async () => {
      const { rows } = await client.query(
        `select 1 from pg_locks where locktype = 'advisory' and not granted`,
      );
      return rows.length > 0;
    });
    await house.child.end('SIGKILL');
    await client.query('select pg_advisory_unlock(42)');
    expect(await asked).toBe('killed');
    await client.query(`drop trigger stop on ${table}`);
    await house.child.start();
    const start = performance.now();
    expect(await house.outcome(built)).toBe(at.outcome);
    const took = Math.round(performance.now() - start);
    console.log(`Killed ${at.stop}: settled ${took} ms after the next start`);
    expect(took).toBeLessThan(3_000);
    const { rows } = await client.query('select * from resets');
    expect(rows).toEqual([]);
  });
});

describe('A full reset whose server is killed, on PGlite,', () => {
  let folder: string;
  let house: House;
  beforeAll(async () => {
    folder = await mkdtemp(joinPath(tmpdir(), 'meeting-reset-'));
    const data = joinPath(folder, 'data');
    await seedFolder(data);
    house = await House.start({ MEETING_DATA: data });
  });
  afterAll(async () => {
    await house.child.end();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['as soon as it was asked for', 'as soon as people are out'])(
    '%s',
    async (when) => {
      const built = await house.build();
      const { room, host } = built;
      const asked = house
        .post(room, 'room-reset', { parts: ['activity'] }, host.session)
        .catch(() => 'killed');
      const isBegun = when === 'as soon as people are out';
      if (isBegun) {
        await eventually('people are out', async () => {
          const { status } = await house.post(room, 'call-resume', {}, host.session);
          return status === 403;
        });
      }
      await house.child.end('SIGKILL');
      await asked;
      await house.child.start();
      const outcome = await house.outcome(built);
      console.log(`Killed ${when}: ${outcome}`);
      if (isBegun) expect(outcome).toBe('all');
    },
    PATIENCE,
  );
});
