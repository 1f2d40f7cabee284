import { AddTrackRequest, SignalRequest, TrackSource, TrackType } from '@livekit/protocol';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { eventually } from '../e2e/eventually.ts';
import { connect, DoorClient, join, joinQuery } from './support/door-client.ts';
import { FeedClient } from './support/feed-client.ts';
import { House, sfuRoomOf } from './support/livekit.ts';
import { newRoom, newVisitor } from './support/tokens.ts';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

interface Scene {
  room: string;
  host: Entered;
  hostDoor: DoorClient;
  /** The knock, and the secret of it. */
  identity: string;
  session: string;
  camera: DoorClient;
  cameraToken: string;
  look: DoorClient;
  lookToken: string;
  sfuRoom: string;
}

const identityOf = (token: string): string => decodeJwt(token).sub ?? '';

async function hosted(): Promise<{ room: string; host: Entered; hostDoor: DoorClient }> {
  const { server } = house;
  const room = newRoom();
  const { body: host } = await server.enter(room, { access: 'host', sub: 'hanna', name: 'Hanna' });
  return { room, host, hostDoor: await join(server.url, host.token) };
}

/** Somebody knocks and shows themselves; @returns their LiveKit token, too. */
async function knockOn(
  room: string,
): Promise<{ identity: string; session: string; token: string }> {
  const { server } = house;
  const knocked = await server.ask('knock', room, { visitor: newVisitor(), name: 'Kim' });
  const { session, knock } = knocked.body;
  server.log.forbid(session);
  const { body } = await server.ask('knock-camera', room, { on: true }, session);
  return { identity: knock.identity, session, token: body.media?.token ?? '' };
}

/** A host in the call who looks at somebody who knocks with camera. */
async function shown(): Promise<Scene> {
  const { server } = house;
  const { room, host, hostDoor } = await hosted();
  const { identity, session, token: cameraToken } = await knockOn(room);
  const { body } = await server.ask('knock-look', room, { identity }, host.session);
  const look = await join(server.url, body.token);
  const camera = await join(server.url, cameraToken);
  const sfuRoom = sfuRoomOf(cameraToken);
  const lookToken = body.token;
  return { room, host, hostDoor, identity, session, camera, cameraToken, look, lookToken, sfuRoom };
}

const closeAll = (...clients: DoorClient[]): void => clients.forEach((client) => client.close());

/** What a client says to publish a track, and what LiveKit answers to it. */
async function publish(
  client: DoorClient,
  type: TrackType,
  source: TrackSource,
): Promise<'published' | 'refused'> {
  const cid = `track-${type}-${source}`;
  const value = new AddTrackRequest({ cid, name: cid, type, source, width: 640, height: 360 });
  client.socket.send(new SignalRequest({ message: { case: 'addTrack', value } }).toBinary());
  return eventually(`an answer for ${cid}`, () => {
    for (const { case: name, value: answer } of client.messages) {
      if (name === 'trackPublished' && answer.cid === cid) return 'published' as const;
      const isOwn =
        name === 'requestResponse' &&
        answer.request.case === 'addTrack' &&
        answer.request.value.cid === cid;
      if (isOwn) return 'refused' as const;
    }
    return undefined;
  });
}

/** Everybody of whom LiveKit has told this client. */
function seenBy(client: DoorClient): string[] {
  return client.messages.flatMap(({ case: name, value }) => {
    if (name === 'join') return value.otherParticipants.map(({ identity }) => identity);
    if (name === 'update') return value.participants.map(({ identity }) => identity);
    return [];
  });
}

const statusOf = async (query: string): Promise<[number, string | undefined]> => {
  const { status, problem } = await connect(house.server.url, query);
  return [status, problem?.code];
};

describe('Somebody who knocks with camera', () => {
  it('is in a LiveKit room of their own, and in no call', async () => {
    const scene = await shown();
    const { room, host, sfuRoom, cameraToken, lookToken } = scene;
    expect(sfuRoom).toMatch(/^k_[\w-]{22}$/);
    expect((await house.identities(sfuRoom)).sort()).toEqual(
      [identityOf(cameraToken), identityOf(lookToken)].sort(),
    );
    expect(await house.identities(sfuRoomOf(host.token))).toEqual([host.me.identity]);
    expect((await house.server.meeting.rooms.get(room)).roster).toHaveLength(1);
    const { events } = (await house.server.ask('events', room, { after: '0' }, host.session)).body;
    expect(events.map(({ type }) => type)).toEqual([
      'participant-joined',
      'knock-received',
      'knock-received',
    ]);
    closeAll(scene.hostDoor, scene.camera, scene.look);
  });

  it('is seen by the host who looks, and sees nobody', async () => {
    const { camera, look, hostDoor, cameraToken, lookToken } = await shown();
    await publish(camera, TrackType.VIDEO, TrackSource.CAMERA);
    await eventually('the host sees the camera', () =>
      seenBy(look).includes(identityOf(cameraToken)),
    );
    await camera.ping();
    expect(seenBy(camera).filter((identity) => identity !== identityOf(cameraToken))).toEqual([]);
    expect(JSON.stringify(seenBy(camera))).not.toContain(identityOf(lookToken));
    closeAll(hostDoor, camera, look);
  });

  it('abuse 21: publishes the camera, and neither sound nor screen', async () => {
    const { camera, look, hostDoor } = await shown();
    expect(await publish(camera, TrackType.VIDEO, TrackSource.CAMERA)).toBe('published');
    for (const [type, source] of [
      [TrackType.AUDIO, TrackSource.MICROPHONE],
      [TrackType.VIDEO, TrackSource.SCREEN_SHARE],
      [TrackType.AUDIO, TrackSource.SCREEN_SHARE_AUDIO],
      [TrackType.AUDIO, TrackSource.UNKNOWN],
    ] as const) {
      expect(await publish(camera, type, source), TrackSource[source]).toBe('refused');
    }
    expect(await publish(look, TrackType.VIDEO, TrackSource.CAMERA), 'a host').toBe('refused');
    closeAll(hostDoor, camera, look);
  });

  it('abuse 21: opens no other room by the knock token, changed or not', async () => {
    const { host, hostDoor, camera, cameraToken, identity, look, sfuRoom } = await shown();
    const other = await shown();
    const call = sfuRoomOf(host.token);
    const own = identityOf(cameraToken);
    const seat = [403, 'seat-invalid'];
    for (const elsewhere of [call, other.sfuRoom]) {
      expect(await statusOf(joinQuery(await house.token(own, elsewhere)))).toEqual(seat);
    }
    // The seat in the call that will be theirs is no seat before a host said yes.
    for (const there of [call, sfuRoom]) {
      expect(await statusOf(joinQuery(await house.token(identity, there)))).toEqual(seat);
    }
    const [header, , signature] = cameraToken.split('.');
    const claims = { ...decodeJwt(cameraToken), video: { roomJoin: true, room: call } };
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const forged = `${header}.${changed}.${signature}`;
    expect(await statusOf(joinQuery(forged))).toEqual([401, 'door-token-invalid']);
    expect(await house.identities(call)).toEqual([host.me.identity]);
    closeAll(hostDoor, camera, look, other.hostDoor, other.camera, other.look);
  });

  it('gets grants for nothing but that', async () => {
    const { camera, look, hostDoor, cameraToken, lookToken, sfuRoom } = await shown();
    const refreshed = await camera.refreshedToken();
    for (const token of [cameraToken, refreshed]) {
      const { video } = decodeJwt(token) as { video: Record<string, unknown> };
      expect(video).toMatchObject({
        room: sfuRoom,
        canPublish: true,
        canSubscribe: false,
        canPublishData: false,
        canPublishSources: ['camera'],
      });
      expect(video['hidden'] ?? false).toBe(false);
      for (const grant of ['roomAdmin', 'roomCreate', 'roomList', 'canUpdateOwnMetadata']) {
        expect(video[grant] ?? false, grant).toBe(false);
      }
    }
    expect(decodeJwt(lookToken)).toMatchObject({
      video: {
        room: sfuRoom,
        canPublish: false,
        canSubscribe: true,
        canPublishData: false,
        hidden: true,
      },
    });
    closeAll(hostDoor, camera, look);
  });

  it('has one living connection, as everybody', async () => {
    const { camera, look, hostDoor, cameraToken, lookToken } = await shown();
    for (const token of [cameraToken, lookToken]) {
      expect(await statusOf(joinQuery(token))).toEqual([503, 'already-connected']);
    }
    await camera.ping();
    camera.close();
    await camera.closed;
    const again = await eventually('a page that reloaded is in again', async () => {
      const tried = await connect(house.server.url, joinQuery(cameraToken));
      return tried.status === 101 ? tried.client : undefined;
    });
    await again.ping();
    closeAll(hostDoor, again, look);
  });
});

describe('The end of a knock with camera', () => {
  const ends: Record<string, (scene: Scene) => Promise<unknown>> = {
    'by a yes': ({ room, host, identity }) =>
      house.server.ask('knock-admit', room, { identity }, host.session),
    'by a no': ({ room, host, identity }) =>
      house.server.ask('knock-deny', room, { identity }, host.session),
    'by the guest': ({ room, session }) => house.server.ask('knock-withdraw', room, {}, session),
    'by the end of the call': ({ room, host }) =>
      house.server.ask('call-end', room, { keepMe: true }, host.session),
    'by turning it off': ({ room, session }) =>
      house.server.ask('knock-camera', room, { on: false }, session),
  };

  it.each(Object.keys(ends))('%s closes it for both, and no token leads back', async (how) => {
    const scene = await shown();
    const { camera, look, hostDoor, cameraToken, lookToken, sfuRoom } = scene;
    const refreshed = await camera.refreshedToken();
    await ends[how]?.(scene);
    await Promise.all([camera.closed, look.closed]);
    await eventually('LiveKit has nobody there', async () => {
      return (await house.identities(sfuRoom)).length === 0;
    });
    for (const token of [cameraToken, refreshed, lookToken]) {
      expect(await statusOf(joinQuery(token)), how).toEqual([403, 'seat-invalid']);
    }
    expect(await house.identities(sfuRoom)).toEqual([]);
    await hostDoor.ping();
    hostDoor.close();
  });

  it('is kept, whoever LiveKit lets into the room afterwards', async () => {
    const { room, session, camera, look, hostDoor, cameraToken, sfuRoom } = await shown();
    await house.server.ask('knock-withdraw', room, {}, session);
    await Promise.all([camera.closed, look.closed]);
    // Past the door, as a join that LiveKit was still at.
    await house.sfu.createRoom(sfuRoom);
    const url = house.livekit.url.replace('http', 'ws');
    const token = await house.token(identityOf(cameraToken), sfuRoom);
    const late = new DoorClient(new WebSocket(`${url}/rtc?access_token=${token}`));
    await eventually('it is in LiveKit', () => late.messages.length > 0);
    await late.closed;
    await eventually('the room is empty', async () => {
      return (await house.identities(sfuRoom)).length === 0;
    });
    hostDoor.close();
  });

  it('while either is joining lets nobody in', async () => {
    for (let step = 0; step < 8; step++) {
      const { room, host, hostDoor } = await hosted();
      const { identity, session, token } = await knockOn(room);
      const { body } = await house.server.ask('knock-look', room, { identity }, host.session);
      const joining = [token, body.token].map((it) => connect(house.server.url, joinQuery(it)));
      await new Promise((then) => setTimeout(then, step * 8));
      await house.server.ask('knock-withdraw', room, {}, session);
      const tried = await Promise.all(joining);
      await eventually('no open socket', () => tried.every(({ client }) => !client.isOpen));
      await eventually('nobody in LiveKit', async () => {
        return (await house.identities(sfuRoomOf(token))).length === 0;
      });
      hostDoor.close();
    }
  });
});

describe('A host who looks', () => {
  it('and leaves looks no longer; the knock goes on', async () => {
    const { room, host, hostDoor, camera, look, cameraToken, lookToken, sfuRoom } = await shown();
    await house.server.ask('call-leave', room, {}, host.session);
    await look.closed;
    expect(await statusOf(joinQuery(lookToken))).toEqual([403, 'seat-invalid']);
    await eventually('only the camera is left', async () => {
      const there = await house.identities(sfuRoom);
      return there.length === 1 && there[0] === identityOf(cameraToken);
    });
    await camera.ping();
    closeAll(hostDoor, camera);
  });

  it('and is put out looks no longer, at once', async () => {
    const { room, host, hostDoor, camera, look, lookToken, cameraToken, sfuRoom } = await shown();
    const { body: other } = await house.server.enter(room, { access: 'host', sub: 'hugo' });
    const { identity } = host.me;
    const start = performance.now();
    await house.server.ask('participant-remove', room, { identity }, other.session);
    await look.closed;
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await statusOf(joinQuery(lookToken))).toEqual([403, 'seat-invalid']);
    await eventually('only the camera is left', async () => {
      const there = await house.identities(sfuRoom);
      return there.length === 1 && there[0] === identityOf(cameraToken);
    });
    closeAll(hostDoor, camera);
  });
});

describe('Somebody who waits', () => {
  it('abuse 6: gets no byte of the room: no name, no packet, no event', async () => {
    const scene = await shown();
    const { room, host, camera, session, hostDoor, look } = scene;
    const { server } = house;
    const feed = await FeedClient.connect(server.url, room);
    feed.say({ session, after: 0 });
    await feed.frame('head');
    await server.enter(room, { access: 'always', sub: 'gil', name: 'Gil the secret guest' });
    await house.sfu.createRoom(scene.sfuRoom);
    const { seq } = (await server.ask('room-lock', room, { locked: false }, host.session)).body;
    await eventually('the feed knows the number', () =>
      feed.frames.some((frame) => 'seq' in frame && frame.seq >= seq - 1),
    );
    const { events, messages } = { events: feed.frames, messages: camera.messages };
    const types = new Set(events.map(({ type }) => type));
    types.delete('admitted');
    expect([...types].sort()).toEqual(['head', 'withheld']);
    const heard = JSON.stringify([events, seenBy(camera)]);
    for (const secret of ['Hanna', 'Gil', host.me.identity]) expect(heard).not.toContain(secret);
    expect(messages.some(({ case: name }) => name === 'subscriptionResponse')).toBe(false);
    feed.close();
    closeAll(hostDoor, camera, look);
  });
});
