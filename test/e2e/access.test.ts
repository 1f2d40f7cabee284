import { describe, expect, it } from 'vitest';
import type { AccessList } from '../../src/protocol/invitation.ts';
import { onEachBackend, type Here } from './backends.ts';
import { call, enter, newVisitor, read } from './door.ts';
import { LightPerson } from './light.ts';
import type { Heard, Person } from './person.ts';

// Nobody has a camera here: it is about who comes in.
const camera = false;

interface Invited {
  key: string;
  invitation: { id: string };
}

/** What a host sees of who may come in. */
async function accessList({ stage }: Here, host: Person): Promise<AccessList> {
  const url = `${stage.server.url}/rooms/${host.entered.room.name}/access-list`;
  return (await read<AccessList>(url, host.entered.session)).body;
}

async function invite(host: Person, invitation: object): Promise<Invited> {
  return (await host.calls('invite', invitation)) as Invited;
}

/** They get no further than the join screen, which says why. */
async function isRefused(person: Person, words: string): Promise<void> {
  expect(await person.tries('join', { name: person.name })).not.toBe('done');
  await person.page.getByText(words).first().waitFor();
  expect(await person.heard('meeting-joined')).toEqual([]);
}

function links(here: Here): void {
  it('P16 public link: open or asking to knock, as a host in the call says', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    await host.calls('setLocked', false);
    const guest = await stage.guest(room, 'Gil', { camera });
    await host.calls('setLocked', true);
    await guest.hears('room-locked');
    const { status, body } = await enter(stage.server.url, room);
    expect([status, body.code]).toEqual([403, 'room-locked']);
    const ada = await stage.opens({ room, name: 'Ada', camera });
    await ada.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    expect(await guest.heard('meeting-left'), 'who is in stays in').toEqual([]);
    await host.sees('Gil');
    await stage.closeAll(host, guest, ada);
  });

  it('abuse 59: nobody slips in while two hosts lock and unlock', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const base = `${stage.server.url}/rooms/${room}`;
    const [hanna, otto] = await Promise.all(
      ['Hanna', 'Otto'].map(async (subject) => {
        const entryToken = await stage.pages.sign({ room, access: 'host', subject, name: subject });
        return LightPerson.join(stage.server.url, room, { entryToken });
      }),
    );
    if (!hanna || !otto) throw new Error('Two hosts');
    const outcomes: string[] = [];
    const stays: { seq: number }[] = [];
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all([
        call(`${base}/room-lock`, { locked: false }, hanna.entered.session),
        enter(stage.server.url, room, { visitor: newVisitor() }),
        call(`${base}/room-lock`, { locked: true }, otto.entered.session),
        enter(stage.server.url, room, { visitor: newVisitor() }),
      ]);
      for (const { status, body } of [answers[1], answers[3]]) {
        outcomes.push(status === 200 ? 'in' : body.code);
        if (status === 200) stays.push(body);
      }
    }
    console.log(
      `joins beside locking: ${outcomes.filter((each) => each === 'in').length} of 20 in`,
    );
    expect(new Set(outcomes.filter((each) => each !== 'in'))).toEqual(new Set(['room-locked']));
    // Each who got in did so at a moment of the log at which the room was open.
    const { body } = await read<{ events: Heard[] }>(
      `${base}/events?after=0`,
      otto.entered.session,
    );
    const turns = body.events.filter(({ type }) => /^room-(un)?locked$/.test(type));
    for (const { seq } of stays) {
      const last = turns.findLast((turn) => (turn.seq ?? 0) <= seq);
      expect(last?.type, `entered at ${seq}`).toBe('room-unlocked');
    }
    hanna.close();
    otto.close();
  });

  it('P16 private link: disabled, can always join, is host', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const { key } = (await host.calls('setLink', 'always')) as { key: string };
    expect((await host.hears('link-changed')).key, 'told to who made it alone').toBeUndefined();
    // "Can always join" needs no host to be there.
    await host.leave();
    const guest = await stage.joins({ room, name: 'Gil', key, camera });
    expect(guest.entered.me.role).toBe('guest');
    expect(guest.page.url(), 'the key is gone from the address').not.toContain(key);
    await host.page.getByRole('button', { name: 'Rejoin' }).click();
    await guest.sees('Hanna');

    expect(await host.calls('setLink', 'host'), 'the link stays the same').not.toHaveProperty(
      'key',
    );
    const ida = await stage.joins({ room, name: 'Ida', key, camera });
    expect(ida.entered.me.role).toBe('host');
    await ida.sees('Gil');
    expect((await accessList(here, host)).link.lastUsedAt).toBeGreaterThan(0);

    await host.calls('setLink', 'off');
    expect((await enter(stage.server.url, room, { key })).body.code).toBe('access-key-invalid');
    // As with a link of which a mail program has left a part.
    const late = await stage.opens({ room, name: 'Late', key: key.slice(0, 20), camera });
    await isRefused(late, 'This link doesn’t open the room');
    expect(await guest.heard('meeting-left'), 'who came by it stays').toEqual([]);
    await stage.closeAll(host, guest, ida, late);
  });

  it('P16 private link: a removal closes it, and the host is told', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const { key } = (await host.calls('setLink', 'always')) as { key: string };
    const guest = await stage.joins({ room, name: 'Gil', key, camera });
    await host.sees('Gil');
    await host.remove('Gil');
    expect(await guest.exit()).toMatchObject({ reason: 'removed', next: 'knock' });
    expect(await host.hears('link-changed', ({ cause }) => cause === 'removal')).toMatchObject({
      access: 'knock',
    });
    const stranger = await stage.opens({ room, name: 'Gil again', key, camera });
    await stranger.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    expect(await stranger.tries('join', { name: 'Gil again' })).toBe('room-locked');
    await stage.closeAll(host, guest, stranger);
  });
}

function keys(here: Here): void {
  it('P15 personal key: told once, out of the address at once, for one browser, last use seen', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const { key, invitation } = await invite(host, { name: 'Ines', access: 'always', maxUses: 1 });
    expect(Buffer.from(key, 'base64url').length, '128 bits or more').toBeGreaterThanOrEqual(16);
    expect(await host.hears('invitation-created')).toMatchObject({
      invitation: { id: invitation.id, name: 'Ines' },
    });
    expect(JSON.stringify(await host.heard())).not.toContain(key);
    expect(JSON.stringify(await accessList(here, host))).not.toContain(key);

    const ines = await stage.joins({ room, name: 'Ines', key, camera });
    expect(ines.page.url()).not.toContain(key);
    expect(await ines.page.evaluate('history.length'), 'nor one step back').toBe(2);
    await host.sees('Ines');
    const [listed] = (await accessList(here, host)).invitations;
    expect(listed).toMatchObject({ uses: 1, here: [{ name: 'Ines' }] });
    expect(listed?.lastUsedAt).toBeGreaterThan(0);

    const other = await stage.opens({ room, name: 'Somebody', key, camera });
    await isRefused(other, 'This invitation was used in another browser');
    await ines.leave();
    await ines.page.goto('about:blank');
    await ines.page.goto(ines.url);
    await ines.join();
    await stage.closeAll(host, ines, other);
  });

  it('P15 personal key: revoked at once; who came by it is kept, or put out', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const kept = await invite(host, { name: 'Ines', access: 'always' });
    const out = await invite(host, { name: 'Olaf', access: 'host' });
    const ines = await stage.joins({ room, name: 'Ines', key: kept.key, camera });
    const olaf = await stage.joins({ room, name: 'Olaf', key: out.key, camera });
    expect(olaf.entered.me.role).toBe('host');
    await host.sees('Olaf');
    await host.calls('revokeInvitation', kept.invitation.id);
    await host.calls('revokeInvitation', out.invitation.id, { remove: true });
    expect(await olaf.exit()).toMatchObject({ reason: 'removed', by: { name: 'Hanna' } });
    await host.seesNoMore('Olaf');
    expect(await ines.heard('meeting-left'), 'kept').toEqual([]);
    await host.sees('Ines');

    for (const { key } of [kept, out]) {
      const { status, body } = await enter(stage.server.url, room, { key });
      expect([status, body.code]).toEqual([403, 'access-key-revoked']);
    }
    await ines.leave();
    expect(await ines.tries('join', { name: 'Ines' })).not.toBe('done');
    await stage.closeAll(host, ines, olaf);
  });
}

function vouched(here: Here): void {
  it('entry tokens: should knock, can always join, is host; for this room, and in time', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    // Nobody is there yet: "can always join" needs no host.
    const member = await stage.member(room, 'Mara', { camera });
    expect(member.entered.me).toMatchObject({ role: 'guest', access: 'always' });
    const host = await stage.host(room, 'Hanna', { camera });
    expect(host.entered.me).toMatchObject({ role: 'host', access: 'host' });
    const visitor = await stage.knocks(room, 'Vera', { as: 'visitor', camera });
    await host.card('Vera').waitFor();
    expect(await host.card('Vera').getByText('Not verified').count(), 'vouched for').toBe(0);
    const vouch = { access: 'host', subject: 'mallory', name: 'Mallory' } as const;
    const foreign = await stage.pages.sign({ ...vouch, room: stage.newRoom() });
    const answers = await Promise.all([
      enter(stage.server.url, room, { entryToken: foreign }),
      enter(stage.server.url, room, { entryToken: `${foreign}x` }),
    ]);
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([401, 'entry-token-invalid']);
    }
    await stage.closeAll(host, member, visitor);
  });

  it('authorize: the site’s own cookie vouches, where the page says `credentials`', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const context = await stage.newProfile();
    const { origin } = new URL(stage.server.url);
    await context.addCookies([{ name: 'portal', value: 'host.Cora', url: origin }]);
    const attributes = { credentials: '' };
    const cora = await stage.opens({ room, name: 'Cora', context, attributes, camera });
    await cora.asksToEnter();
    await cora.hears('meeting-joined', ({ me }) => (me as { role: string }).role === 'host');
    // Without the attribute the browser sends no cookie, and nobody vouches.
    const plain = await stage.opens({ room, name: 'Cora', context, camera });
    await plain.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    await stage.closeAll(cora, plain);
  });
}

describe('Ways in', () =>
  onEachBackend(
    (here) => {
      links(here);
      keys(here);
      vouched(here);
    },
    { settings: { readsCookie: true } },
  ));
