import { describe, expect, it } from 'vitest';
import type { AccessList } from '../../src/protocol/invitation.ts';
import { onEachBackend, type Here } from './backends.ts';
import { call, enter, read, tryDoor } from './door.ts';
import type { Person } from './person.ts';

// Nobody has a camera here: it is about who comes back.
const camera = false;

/** A locked room with a host, and a guest whom the host has let in. */
async function admittedGuest({
  stage,
}: Here): Promise<{ room: string; host: Person; guest: Person }> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', { camera });
  const guest = await stage.knocks(room, 'Gil', { camera });
  await host.admits('Gil');
  await guest.hears('meeting-joined');
  await host.sees('Gil');
  return { room, host, guest };
}

async function passes({ stage }: Here, host: Person): Promise<AccessList['passes']> {
  const url = `${stage.server.url}/rooms/${host.entered.room.name}/access-list`;
  return (await read<AccessList>(url, host.entered.session)).body.passes;
}

/** The guest has come to the join screen, and there is no way but to knock. */
async function mustKnock(guest: Person): Promise<void> {
  expect(await guest.tries('join', { name: 'Gil' })).toBe('room-locked');
  await guest.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
}

function pass(here: Here): void {
  it('P14 who leaves comes back within two minutes without knocking; hosts see that', async () => {
    const { host, guest } = await admittedGuest(here);
    await guest.leave();
    const { reason, next, until } = await guest.exit();
    expect({ reason, next }).toEqual({ reason: 'left', next: 'rejoin' });
    await guest.page.getByText(/^You can come back without knocking until/).waitFor();
    await guest.page
      .getByText(/^\s*1:\d\d left\s*$/)
      .first()
      .waitFor();
    const left = await host.hears('participant-left');
    expect(left).toMatchObject({ participant: { name: 'Gil' }, reason: 'left', until });
    expect(Number(until) - Number(left['at'])).toBe(120_000);
    expect(await passes(here, host)).toMatchObject([{ participant: { name: 'Gil' }, until }]);
    await guest.page.getByRole('button', { name: 'Rejoin' }).click();
    await host.sees('Gil');
    expect(await host.heard('knock-received'), 'the one at the beginning').toHaveLength(1);
    expect(await passes(here, host), 'it is good for one way back').toEqual([]);
    await here.stage.closeAll(host, guest);
  });

  it('P14 a host revokes the pass: they have to knock', async () => {
    const { host, guest } = await admittedGuest(here);
    await guest.leave();
    const { participant } = await host.hears('participant-left');
    await host.calls('revokePass', participant?.identity);
    expect(await host.hears('pass-revoked')).toMatchObject({ participant: { name: 'Gil' } });
    expect(await passes(here, host)).toEqual([]);
    await guest.page.getByRole('button', { name: 'Rejoin' }).click();
    await guest.knock();
    await host.card('Gil').waitFor();
    await here.stage.closeAll(host, guest);
  });

  it('P14 never after a removal, an own one of somebody who has just left included', async () => {
    const { host, guest } = await admittedGuest(here);
    await guest.leave();
    const { participant } = await host.hears('participant-left');
    await host.calls('removeParticipant', participant?.identity);
    expect(await passes(here, host)).toEqual([]);
    await guest.page.getByRole('button', { name: 'Rejoin' }).click();
    await guest.reads('You were removed from the meeting');
    await mustKnock(guest);
    await here.stage.closeAll(host, guest);
  });

  it('P14 never after an end, with the host kept or not', async () => {
    for (const options of [{ keepMe: true }, {}]) {
      const { host, guest } = await admittedGuest(here);
      await guest.leave();
      await host.hears('participant-left');
      await host.calls('endCall', options);
      await guest.page.getByRole('button', { name: 'Rejoin' }).click();
      await mustKnock(guest);
      await here.stage.closeAll(host, guest);
    }
  });

  it('P14 who merely drops is still admitted, whatever the lock', async () => {
    const { room, host, guest } = await admittedGuest(here);
    await guest.close();
    // Nobody waits for them: they are no longer among those in the call.
    await host.hears('participant-left', ({ until }) => until === undefined, 40_000);
    const context = guest.page.context();
    const back = await here.stage.joins({ room, name: 'Gil', context, camera });
    await host.sees('Gil');
    expect(await host.heard('knock-received'), 'the one at the beginning').toHaveLength(1);
    await here.stage.closeAll(host, back);
  });
}

function secondWindow(here: Here): void {
  it('a second window is told "already open here", and may take over', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const first = await stage.member(room, 'Mara', { subject: 'mara', camera });
    await host.sees('Mara');
    const context = first.page.context();
    const second = await stage.opens({
      ...{ room, name: 'Mara', as: 'member', subject: 'mara', context, camera },
    });
    await second.page.getByText('It’s open in another window').waitFor();
    expect(await second.tries('join', { name: 'Mara' })).toBe('already-here');
    expect(await first.heard('meeting-left'), 'asking changes nothing').toEqual([]);
    await second.page.getByRole('textbox', { name: 'Your name' }).fill('Mara');
    await second.page.getByRole('button', { name: 'Use it here instead' }).click();
    await second.hears('meeting-joined');
    await first.reads('Open in another window');
    expect(await first.exit()).toMatchObject({ reason: 'replaced', next: 'takeover' });
    await second.sees('Hanna');

    await first.page.getByRole('button', { name: 'Use it here' }).click();
    await second.reads('Open in another window');
    await first.sees('Hanna');
    expect(await host.heard('participant-left'), 'to the others nobody went').toEqual([]);
    const joins = await host.heard('participant-joined');
    expect(joins.map(({ participant }) => participant?.name)).toEqual(['Hanna', 'Mara']);
    expect(await stage.sfuIdentities(host)).toHaveLength(2);
    await stage.closeAll(host, first, second);
  });

  it('nobody hijacks an identity: not by a name, not by taking over, not by a token', async () => {
    const { stage } = here;
    const { server } = stage;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    await host.calls('setLocked', false);
    const guest = await stage.guest(room, 'Gil', { camera });
    await host.sees('Gil');
    const { me } = guest.entered;
    // Somebody who calls themselves the same is somebody else, whatever they ask for.
    const { body } = await enter(server.url, room, { name: 'Gil', again: 'take-over' });
    expect(body.me.identity).not.toBe(me.identity);
    expect(body.me.person).not.toBe(me.person);
    // What others may know of a person is no key to them: neither identity nor person.
    for (const session of [me.identity, me.person, body.session.toUpperCase()]) {
      const base = `${server.url}/rooms/${room}`;
      const resumed = await call(`${base}/call-resume`, { takeOver: true }, session);
      expect([resumed.status, resumed.body.code]).toEqual([401, 'session-invalid']);
    }
    const { base, token } = await guest.door();
    const stolen = await tryDoor(base, token);
    stolen.close();
    expect(stolen.status, 'while they are there').toBe(503);
    expect(await guest.heard('meeting-reconnecting')).toEqual([]);
    expect(await guest.heard('meeting-left')).toEqual([]);
    await stage.closeAll(host, guest);
  });
}

describe('Coming back', () =>
  onEachBackend((here) => {
    pass(here);
    secondWindow(here);
  }));
