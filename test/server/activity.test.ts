import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomEvent } from '../../src/protocol/events.ts';
import { refusal, Rig } from './support/rig.ts';
import { STORAGES } from './support/storages.ts';
import { newRoom } from './support/tokens.ts';

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g);
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? String(plain) : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe.each(STORAGES)('Activity on $name', ({ open }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.open(open);
  });
  afterAll(() => rig.close());

  const csvOf = async (room: string): Promise<string> =>
    // `text()` would take away the mark that a spreadsheet needs.
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await (await rig.rooms.exportActivity(room, 'csv')).arrayBuffer(),
    );

  it('tells who came, knocked, was let in, declined, put out and went: by whom, and when', async () => {
    const room = newRoom();
    const begin = rig.clock.now();
    const host = await rig.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
    await rig.connect(host);
    rig.clock.advance(1_000);
    const kim = await rig.knock(room, { name: 'Kim', message: 'Hi' });
    const kai = await rig.knock(room, { name: 'Kai' });
    rig.clock.advance(1_000);
    const answer = { session: host.session, kim: kim.knock.identity, kai: kai.knock.identity };
    await rig.call('knock-admit', room, { identity: answer.kim }, answer.session);
    const deny = { identity: answer.kai, note: 'Tomorrow' };
    await rig.call('knock-deny', room, deny, answer.session);
    rig.clock.advance(1_000);
    await rig.rooms.removeParticipant(room, answer.kim, { note: 'Bye' });
    await rig.call('call-leave', room, {}, host.session);
    const { events } = await rig.call('activity', room, {}, await sessionOf(room));
    const told = events
      .toReversed()
      .map((event) => [event.type, nameOf(event), byOf(event), event.at - begin]);
    expect(told).toEqual([
      ['participant-joined', 'Hanna', 'Hanna', 0],
      ['knock-received', 'Kim', undefined, 1_000],
      ['knock-received', 'Kai', undefined, 1_000],
      ['knock-admitted', 'Kim', 'Hanna', 2_000],
      ['knock-denied', 'Kai', 'Hanna', 2_000],
      ['participant-removed', 'Kim', 'server', 3_000],
      ['participant-left', 'Hanna', 'Hanna', 3_000],
    ]);
    const [header, ...rows] = parseCsv((await csvOf(room)).slice(1));
    const names = 'at,type,room,participant,person,role,by,reason,note,seq';
    expect(header?.join()).toBe(names);
    const at = (ms: number): string => new Date(begin + ms).toISOString();
    const { person } = kai.knock;
    expect(rows[4]).toEqual([
      at(2_000),
      'knock-denied',
      room,
      'Kai',
      person,
      'guest',
      'Hanna',
      '',
      'Tomorrow',
      '5',
    ]);
    expect(rows.map(([, type]) => type)).toEqual(told.map(([type]) => type));
  });

  it('comes page by page, none twice and none left out, while more happens', async () => {
    const room = newRoom();
    for (let turn = 0; turn < 7; turn++) await rig.rooms.setLocked(room, turn % 2 === 1);
    const session = await sessionOf(room);
    const seen: number[] = [];
    let before: string | undefined;
    for (let more = true; more;) {
      const page = await rig.call('activity', room, { before, limit: '3' }, session);
      expect(page.events.length).toBeLessThanOrEqual(3);
      seen.push(...page.events.map(({ seq }) => seq));
      before = String(page.events.at(-1)?.seq);
      ({ more } = page);
      await rig.rooms.setLocked(room, false);
      await rig.rooms.setLocked(room, true);
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('is a file that a spreadsheet opens and does not run, whatever people are called', async () => {
    const room = newRoom();
    const names = [
      '=HYPERLINK("http://evil.example","Click")',
      '+1+cmd|calc',
      '-2+3',
      '@SUM(A1:A9)',
      'a "quoted", name',
      'Zoë 李 🦊 مريم',
      "'=1",
    ];
    for (const name of names) await rig.knock(room, { name, message: `${name}; hi` });
    const text = await csvOf(room);
    expect(text.startsWith('\uFEFFat,')).toBe(true);
    const rows = parseCsv(text.slice(1)).slice(1);
    expect(rows).toHaveLength(names.length);
    for (const [index, row] of rows.entries()) {
      expect(row).toHaveLength(10);
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      const name = names[index] ?? '';
      expect(row[3]).toBe(/^[=+\-@]/.test(name) ? `'${name}` : name);
    }
    // As JSON, a name is what it is.
    const file = await rig.rooms.exportActivity(room, 'json');
    const all = (await file.json()) as RoomEvent[];
    expect(all.map(nameOf)).toEqual(names);
    expect(all).toEqual(await rig.rooms.events(room));
  });

  it('is a file with its type and name, also of a room that nobody was in', async () => {
    const room = newRoom();
    expect(await (await rig.rooms.exportActivity(room, 'json')).json()).toEqual([]);
    expect(parseCsv((await csvOf(room)).slice(1))).toHaveLength(1);
    const { headers } = await rig.rooms.exportActivity(room.toUpperCase(), 'csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${room}-activity.csv"`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('of more than a page is in the file whole, in order', async () => {
    const room = newRoom();
    await rig.rooms.setLocked(room, false);
    const { id } = await rig.room(room);
    const at = rig.clock.now();
    const rows = Array.from({ length: 1_200 }, (_, index) => ({
      ...{ room_id: id, seq: index + 2, id: `e_${index}`, at, by: null },
      ...{ type: 'room-unlocked' as const, data: {} },
    }));
    await rig.storage.db.insertInto('events').values(rows).execute();
    await rig.storage.db.updateTable('rooms').set({ seq: 1_201 }).where('id', '=', id).execute();
    const all = (await (await rig.rooms.exportActivity(room, 'json')).json()) as RoomEvent[];
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_201 }, (_, i) => i + 1));
    expect(parseCsv(await csvOf(room))).toHaveLength(1_202);
  });

  it('is for hosts alone', async () => {
    const room = newRoom();
    const guest = await rig.enter(room, { access: 'always', sub: 'gil' });
    for (const stem of ['activity', 'activity-export'] as const) {
      const asked = rig.call(stem, room, { format: 'csv' } as never, guest.session);
      expect(await refusal(asked)).toEqual({ code: 'not-host' });
    }
  });

  /** Of a host who reads along, and says nothing. */
  async function sessionOf(room: string): Promise<string> {
    return (await rig.enter(room, { access: 'host', sub: 'reader', name: 'Reader' })).session;
  }
});

const nameOf = (event: RoomEvent): string => {
  if ('participant' in event) return event.participant.name;
  return 'knock' in event ? event.knock.name : '';
};

const byOf = ({ by }: RoomEvent): string | undefined => by && ('kind' in by ? by.kind : by.name);
