import { beforeAll, describe, expect, it } from 'vitest';
import { onEachBackend, type Here } from './backends.ts';
import { eventually } from './eventually.ts';
import { LightKnocker, LightPerson } from './light.ts';
import type { Person } from './person.ts';

/** The cases of Jitsi's lobby tests, each to its end. Nobody has a camera: it is about the door. */
function lobby(here: Here): void {
  const camera = false;

  async function knockedRoom(): Promise<{ room: string; host: Person; guest: Person }> {
    const room = here.stage.newRoom();
    const host = await here.stage.host(room, 'Hanna', { camera });
    const guest = await here.stage.knocks(room, 'Gil', { camera });
    await host.card('Gil').waitFor();
    return { room, host, guest };
  }

  async function light(room: string, name: string): Promise<LightPerson> {
    const entryToken = await here.stage.pages.sign({ room, access: 'always', subject: name, name });
    return LightPerson.join(here.stage.server.url, room, { entryToken });
  }

  /** For the case in which a minute must pass between a no and the next knock. */
  let denied: Awaited<ReturnType<typeof knockedRoom>>;
  beforeAll(async () => {
    denied = await knockedRoom();
    await denied.host.denies('Gil');
    await denied.guest.exit();
  });

  it('lobby 1: a host admits, and the guest is in', async () => {
    const { host, guest } = await knockedRoom();
    await host.admits('Gil');
    await guest.hears('meeting-joined');
    await host.sees('Gil');
    await guest.sees('Hanna');
    await host.card('Gil').waitFor({ state: 'detached' });
    await here.stage.closeAll(host, guest);
  });

  it('lobby 2: a host denies, and the guest is told', async () => {
    const { host, guest } = denied;
    await guest.reads('You weren’t let in');
    expect(await guest.exit()).toMatchObject({ reason: 'denied', by: { name: 'Hanna' } });
    expect(await guest.heard('meeting-joined')).toEqual([]);
    expect(await host.hears('knock-denied')).toMatchObject({ knock: { name: 'Gil' } });
    await host.card('Gil').waitFor({ state: 'detached' });
  });

  it('lobby 3, 4: of many who wait, a host admits and denies from the list', async () => {
    const { room, host, guest } = await knockedRoom();
    const others: LightKnocker[] = [];
    for (const name of ['Ada', 'Ben', 'Cleo', 'Dan']) {
      others.push(await LightKnocker.knock(here.stage.server.url, room, { name }));
    }
    const more = host.page.getByRole('button', { name: /^and \d more$/ });
    await more.click();
    const [ada, , cleo, dan] = others;
    await host.admits('Dan');
    await host.denies('Cleo');
    await dan?.feed.frame('admitted');
    expect((await cleo?.feed.frame('over'))?.exit).toMatchObject({ reason: 'denied' });
    await host.admits('Gil');
    await guest.hears('meeting-joined');
    await host.card('Ada').getByRole('button', { name: 'Admit', exact: true }).waitFor();
    expect(
      ada?.feed.frames.map(({ type }) => type),
      'the others wait on',
    ).not.toContain('over');
    for (const other of others) other.close();
    await here.stage.closeAll(host, guest);
  });

  it('lobby 5: the knocker leaves, and no host is asked any more', async () => {
    const { host, guest } = await knockedRoom();
    await guest.page.getByRole('button', { name: 'Stop waiting' }).click();
    await guest.reads('You stopped waiting');
    expect(await host.hears('knock-over')).toMatchObject({ reason: 'withdrawn' });
    await host.card('Gil').waitFor({ state: 'detached' });
    expect(await host.tries('admit', guest.knocked.knock.identity)).toBe('already-decided');
    expect(await guest.heard('meeting-joined')).toEqual([]);
    // They may ask again at once, with what they asked before.
    await guest.page.getByRole('button', { name: 'Knock again' }).click();
    await guest.waits();
    await host.card('Gil').getByRole('button', { name: 'Admit', exact: true }).waitFor();
    await here.stage.closeAll(host, guest);
  });

  it('lobby 6: the call ends, and whoever waits is told', async () => {
    const { host, guest } = await knockedRoom();
    await host.calls('endCall');
    await guest.reads('The call has ended');
    expect(await guest.exit()).toMatchObject({ reason: 'ended', next: 'knock' });
    await here.stage.closeAll(host, guest);
  });

  it('lobby 7: the lock is lifted, and whoever waits is in', async () => {
    const { host, guest } = await knockedRoom();
    await host.calls('setLocked', false);
    await guest.hears('meeting-joined');
    await host.sees('Gil');
    await host.card('Gil').waitFor({ state: 'detached' });
    await here.stage.closeAll(host, guest);
  });

  it('lobby 8: the host changes, and the new one is asked', async () => {
    const { room, host, guest } = await knockedRoom();
    const member = await here.stage.member(room, 'Mara', { camera });
    const { identity } = member.entered.me;
    expect(await member.card('Gil').count(), 'guests are not asked').toBe(0);
    await host.sees('Mara');
    await host.calls('setRole', identity, 'host');
    await member.card('Gil').waitFor();
    await member.calls('setRole', host.entered.me.identity, 'guest');
    await host.card('Gil').waitFor({ state: 'detached' });
    expect(await host.tries('admit', guest.knocked.knock.identity)).toBe('not-host');
    await member.admits('Gil');
    await guest.hears('meeting-joined');
    await here.stage.closeAll(host, member, guest);
  });

  it('lobby 9: the host leaves, the guest waits on, and the next host finds them', async () => {
    const { room, host, guest } = await knockedRoom();
    await host.leave();
    const otto = await here.stage.host(room, 'Otto', { camera });
    await otto.card('Gil').waitFor();
    expect(await guest.heard('meeting-left')).toEqual([]);
    await otto.admits('Gil');
    await guest.hears('meeting-joined');
    await here.stage.closeAll(host, otto, guest);
  });

  it('lobby 10: with the shared key nobody knocks', async () => {
    const { room, host, guest } = await knockedRoom();
    const { key } = (await host.calls('setLink', 'always')) as { key: string };
    const ada = await here.stage.joins({ room, name: 'Ada', key, camera });
    await host.sees('Ada');
    // Who waits without it waits on; with it in hand, they stop waiting and walk in.
    expect(await guest.heard('meeting-joined')).toEqual([]);
    await guest.calls('withdrawKnock');
    await guest.page.goto('about:blank');
    await guest.page.goto(`${guest.url}#key=${key}`);
    await guest.join();
    await host.sees('Gil');
    await here.stage.closeAll(host, guest, ada);
  });

  it('lobby 11: locking with three in the call puts nobody out, and the next one knocks', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    await host.calls('setLocked', false);
    const ada = await stage.guest(room, 'Ada', { camera });
    const ben = await light(room, 'Ben');
    await host.sees('Ben');
    await host.calls('setLocked', true);
    await ada.hears('room-locked');
    const guest = await stage.knocks(room, 'Gil', { camera });
    await host.card('Gil').waitFor();
    expect(await stage.sfuIdentities(host)).toHaveLength(3);
    expect(await ada.heard('meeting-left')).toEqual([]);
    expect(ben.feed.frames.map(({ type }) => type)).not.toContain('over');
    ben.close();
    await stage.closeAll(host, ada, guest);
  });

  it('lobby 13: a second knocker is seen by both hosts, and reloads on either side lose nobody', async () => {
    const { room, host, guest } = await knockedRoom();
    const otto = await here.stage.host(room, 'Otto', { camera });
    const ada = await here.stage.knocks(room, 'Ada', { camera });
    const hosts = [host, otto];
    for (const each of hosts) {
      await each.card('Ada').waitFor();
      await each.card('Gil').waitFor();
    }
    await Promise.all([host, guest].map(({ page }) => page.reload()));
    await guest.waits();
    for (const each of hosts) {
      await each.card('Ada').waitFor();
      await each.card('Gil').getByRole('button', { name: 'Admit', exact: true }).waitFor();
    }
    await host.page.getByRole('button', { name: 'Admit all' }).click();
    await guest.hears('meeting-joined');
    await ada.hears('meeting-joined');
    const joined = await otto.hears('participant-joined', ({ participant }) => {
      return participant?.name === 'Gil';
    });
    expect(joined.participant?.identity, 'the same knock').toBe(guest.knocked.knock.identity);
    for (const each of hosts) {
      await each.sees('Ada');
      await each.sees('Gil');
    }
    await here.stage.closeAll(host, otto, guest, ada);
  });

  // The last one: by now most of the minute has passed.
  it('lobby 12: denied, they may knock again after a minute, and are admitted', async () => {
    const { host, guest } = denied;
    const again = guest.page.getByRole('button', { name: 'Knock again' });
    await eventually(
      'the button can be used',
      async () => (await again.getAttribute('aria-disabled')) === null,
      70_000,
    );
    await again.click();
    await guest.waits();
    await host.card('Gil').waitFor();
    await host.admits('Gil');
    await guest.hears('meeting-joined');
    await here.stage.closeAll(host, guest);
  });
}

describe('Waiting at the door', () => onEachBackend(lobby));
