import { describe, expect, it } from 'vitest';
import { onEachBackend, type Here } from './backends.ts';
import { call, enter, newVisitor } from './door.ts';
import { eventually } from './eventually.ts';
import type { Person } from './person.ts';

/** The row of a knock, from both sides of the door. */
function knocking(here: Here): void {
  it('P13 a room is locked by default: the public link leads to the door', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const { status, body } = await enter(stage.server.url, room, { visitor: newVisitor() });
    expect([status, body.code]).toEqual([403, 'room-locked']);
    const guest = await stage.opens({ room, name: 'Gil', camera: false });
    await guest.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    expect(await guest.page.getByRole('button', { name: 'Join', exact: true }).count()).toBe(0);
    await stage.closeAll(host, guest);
  });

  it('P13 knocking with camera: hosts see who it is, and the guest nothing of the room', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room);
    const otto = await stage.host(room, 'Otto', { camera: false });
    const guest = await stage.opens({ room, name: 'Gil' });
    await guest.knockWithCamera();
    await eventually('the host sees the guest move', async () => {
      return (await host.framesIn(host.card('Gil'))) > 3;
    });
    await eventually('so does the other host', async () => {
      return (await otto.framesIn(otto.card('Gil'))) > 3;
    });
    expect(await guest.frames(), 'no picture comes to the door').toBe(0);
    expect(await mediaReceived(guest), 'and not a byte of media').toBe(0);
    expect(namesHeard(guest), 'nor who is there, hosts who look included').toEqual([]);
    expect(await host.tile('Gil').count(), 'who knocks has no tile').toBe(0);

    await host.admits('Gil');
    await guest.seesMoving('Hanna');
    await host.seesMoving('Gil');
    await host.card('Gil').waitFor({ state: 'detached' });
    await eventually('the room of the knock is gone', async () => {
      return (await stage.sfu.listRooms()).every(({ name }) => !name.startsWith('k_'));
    });
    await stage.closeAll(host, otto, guest);
  });

  it('P13 knocking without camera', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.knocks(room, 'Gil', { camera: false });
    await host.card('Gil').waitFor();
    expect(await host.card('Gil').locator('video').count()).toBe(0);
    expect(await mediaReceived(guest)).toBe(0);
    await host.admits('Gil');
    await guest.seesMoving('Hanna');
    await stage.closeAll(host, guest);
  });

  it('P13 two hosts at once decide once, and the later one is told who was first', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const hanna = await stage.host(room, 'Hanna', { camera: false });
    const otto = await stage.host(room, 'Otto', { camera: false });
    const guest = await stage.knocks(room, 'Gil', { camera: false });
    const { identity } = guest.knocked.knock;
    const base = `${stage.server.url}/rooms/${room}`;
    const answers = await Promise.all(
      [hanna, otto].map(({ entered }) =>
        call(`${base}/knock-admit`, { identity }, entered.session),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    const winner = answers[0]?.status === 200 ? 'Hanna' : 'Otto';
    expect(late?.body).toMatchObject({
      code: 'already-decided',
      decision: { by: { name: winner } },
    });
    await guest.hears('meeting-joined');
    for (const host of [hanna, otto]) {
      await host.sees('Gil');
      expect(await host.heard('knock-admitted')).toHaveLength(1);
      const joins = await host.heard('participant-joined');
      expect(joins.filter(({ participant }) => participant?.name === 'Gil')).toHaveLength(1);
    }
    await stage.closeAll(hanna, otto, guest);
  });
}

describe('Coming in', () => onEachBackend(knocking));

/** Bytes of media that the page's connections have received, whatever they were for. */
function mediaReceived(person: Person): Promise<number> {
  return person.page.evaluate<number>(`(async () => {
    let bytes = 0;
    for (const peer of probe.peers) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp') bytes += report.bytesReceived;
      }
    }
    return bytes;
  })()`);
}

/** Everybody but themselves of whom LiveKit's signalling has told this page. */
function namesHeard(person: Person): string[] {
  return person.signals.flatMap((message) => {
    if (message.case === 'join') return message.value.otherParticipants.map(({ name }) => name);
    if (message.case !== 'update') return [];
    return message.value.participants
      .map(({ name }) => name)
      .filter((name) => name !== person.name);
  });
}
