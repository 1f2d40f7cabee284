import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { onEachBackend, type Here } from './backends.ts';
import { call, enter, type Answered } from './door.ts';
import { LightPerson } from './light.ts';
import type { Person } from './person.ts';

// Nobody has a camera here: it is about who decides.
const camera = false;

/** What a host may choose for somebody in the list of people. */
async function openOptions(host: Person, name: string, choice: string): Promise<Locator> {
  const { page } = host;
  const options = page.getByRole('button', { name: `Options for ${name}`, exact: true });
  if ((await options.count()) === 0) {
    await page.getByRole('button', { name: 'People', exact: true }).click();
  }
  await options.click();
  return page.getByRole('menuitem', { name: choice, exact: true });
}

/** Every act of a host, as a page would ask for it that does not show the buttons. */
const ACTS: Record<string, object> = {
  'participant-remove': { identity: 'of somebody' },
  'participant-restore': { identity: 'of somebody' },
  'role-set': { identity: 'of somebody', role: 'host' },
  'knock-admit': { identity: 'of somebody' },
  'knock-deny': { identity: 'of somebody' },
  'call-end': {},
  'room-lock': { locked: false },
  'link-set': { access: 'host' },
  'invitation-create': { name: 'Me', access: 'host' },
  'invitation-revoke': { id: 'v_AAAAAAAAAAAAAAAAAAAAAA' },
  'pass-revoke': { identity: 'of somebody' },
};

function hosts(here: Here): void {
  const act = (person: Person, stem: string, body: object): Promise<Answered<{ code: string }>> =>
    call(
      `${here.stage.server.url}/rooms/${person.entered.room.name}/${stem}`,
      body,
      person.entered.session,
    );

  it('P3 only hosts decide: the server refuses a guest whose page asks all the same', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const guest = await stage.member(room, 'Gil', { camera });
    await host.sees('Gil');
    const { identity } = host.entered.me;
    for (const [stem, body] of Object.entries(ACTS)) {
      const { status, body: problem } = await act(guest, stem, {
        ...body,
        ...('identity' in body && { identity }),
      });
      expect([stem, status, problem.code]).toEqual([stem, 403, 'not-host']);
    }
    expect(await guest.tries('removeParticipant', identity)).toBe('not-host');
    expect(await guest.page.getByRole('button', { name: /^Remove / }).count()).toBe(0);
    await guest.sees('Hanna');
    expect(await host.heard('meeting-left')).toEqual([]);
    await stage.closeAll(host, guest);
  });

  it('several hosts: one makes another a host and takes it back; the last one stays', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const guest = await stage.member(room, 'Gil', { camera });
    await host.sees('Gil');
    const gil = guest.entered.me.identity;
    const hanna = host.entered.me.identity;
    expect(await host.tries('setRole', hanna, 'guest'), 'the last one').toBe('last-host');
    expect(await host.calls('explain', 'role-set', hanna, { role: 'guest' })).toEqual({
      allowed: false,
      why: 'last-host',
    });

    const own = await openOptions(host, 'Hanna', 'Stop being host');
    expect(await own.getAttribute('aria-disabled'), 'nor by the menu').toBe('true');
    await own.getByText('A meeting needs a host').waitFor();
    await host.page.keyboard.press('Escape');
    await (await openOptions(host, 'Gil', 'Make host')).click();
    const fact = await guest.hears('role-changed');
    expect(fact).toMatchObject({
      participant: { identity: gil, role: 'host' },
      by: { name: 'Hanna' },
    });
    const mara = await stage.member(room, 'Mara', { camera });
    await guest.remove('Mara');
    expect(await mara.exit()).toMatchObject({
      reason: 'removed',
      by: { name: 'Gil', role: 'host' },
    });

    // A new host may be any host's guest again, also of the one who made them.
    await guest.calls('setRole', hanna, 'guest');
    await host.hears('role-changed', ({ participant }) => participant?.role === 'guest');
    expect(await host.tries('setLocked', false)).toBe('not-host');
    await guest.calls('setRole', hanna, 'host');
    await host.calls('setRole', gil, 'guest');
    await guest.hears('role-changed', ({ participant, by }) => {
      return participant?.role === 'guest' && by?.name === 'Hanna';
    });
    expect(await guest.tries('endCall')).toBe('not-host');
    await stage.closeAll(host, guest, mara);
  });

  it('P5 leave call: the others stay, and the room is as it was', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const guest = await stage.member(room, 'Gil', { camera });
    await host.sees('Gil');
    await host.leave();
    await guest.seesNoMore('Hanna');
    expect(await guest.hears('participant-left')).toMatchObject({ reason: 'left' });
    for (const news of ['meeting-left', 'call-ended', 'room-locked', 'room-unlocked']) {
      expect(await guest.heard(news), news).toEqual([]);
    }
    expect(await stage.sfuIdentities(guest)).toEqual([guest.entered.me.identity]);
    await stage.closeAll(host, guest);
  });
}

/** What the integrator wants when the last host leaves; each needs a server of its own. */
function lastHost(here: Here): void {
  /** A host and a guest who came by the open link; then the host leaves. */
  async function leftAlone(server: string, room: string): Promise<LightPerson> {
    const { pages } = here.stage;
    const entryToken = await pages.sign({ room, access: 'host', subject: 'hanna', name: 'Hanna' });
    const host = await LightPerson.join(server, room, { entryToken });
    const base = `${server}/rooms/${room}`;
    await call(`${base}/room-lock`, { locked: false }, host.entered.session);
    const guest = await LightPerson.join(server, room, { name: 'Gil' });
    await call(`${base}/call-leave`, {}, host.entered.session);
    host.close();
    return guest;
  }

  it('P5 the last host leaves, option "lock": the public link asks to knock from then on', async () => {
    const room = here.stage.newRoom();
    const server = await here.stage.another({ lastHost: 'lock' });
    const guest = await leftAlone(server.url, room);
    expect(await guest.feed.frame('room-locked')).toMatchObject({ cause: 'no-host' });
    const { body } = await enter(server.url, room);
    expect(body.code).toBe('room-locked');
    expect(
      guest.feed.frames.map(({ type }) => type),
      'who is in stays',
    ).not.toContain('over');
    guest.close();
    await server.stop();
  });

  it('P5 the last host leaves, option "end": the call ends unless a host is back', async () => {
    const room = here.stage.newRoom();
    const server = await here.stage.another({ lastHost: { endAfterMinutes: 1 / 60 } });
    const guest = await leftAlone(server.url, room);
    const { exit } = await guest.feed.frame('over');
    expect(exit).toMatchObject({ reason: 'ended', by: { kind: 'server' } });
    guest.close();
    await server.stop();
  });
}

describe('Hosts', () =>
  onEachBackend((here) => {
    hosts(here);
    lastHost(here);
  }));
