import { expect } from 'vitest';
import type { RoomEvent } from '../../../src/protocol/events.ts';
import type { Answer } from '../../../src/protocol/routes.ts';
import type { Entered } from '../../../src/protocol/snapshot.ts';
import { eventually } from '../../e2e/eventually.ts';
import { NO_LIVEKIT } from './server.ts';
import { ServerChild } from './server-child.ts';
import { entryToken, newMessageId, newRoom, newVisitor } from './tokens.ts';
import { Uploader } from './uploader.ts';

/** A room with something of each part, and the ways into it. */
export interface Built {
  readonly room: string;
  readonly host: Entered;
  readonly key: string;
}

/** A server in a process of its own, to be killed, and what a test of resets asks it. */
export class ResetHouse {
  readonly child: ServerChild;

  private constructor(child: ServerChild) {
    this.child = child;
  }

  static async start(storage: Record<string, string>): Promise<ResetHouse> {
    const child = await ServerChild.prepare();
    await child.start({
      LIVEKIT_URL: NO_LIVEKIT.url,
      LIVEKIT_API_KEY: NO_LIVEKIT.apiKey,
      LIVEKIT_API_SECRET: NO_LIVEKIT.apiSecret,
      ...storage,
    });
    return new ResetHouse(child);
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

  /** Somebody in it, an invitation, a message, a whiteboard and a file. */
  async build(): Promise<Built> {
    const room = newRoom();
    const host = await this.enter(room, 'hanna');
    const guest = { name: 'Max', access: 'always' };
    type Made = Answer<'invitation-create'>;
    const { body } = await this.post<Made>(room, 'invitation-create', guest, host.session);
    const message = { id: newMessageId(), text: 'A thing of the past' };
    await this.post(room, 'message-send', message, host.session);
    const board = { id: newMessageId().replace('m_', 'w_'), name: 'A plan of the past' };
    await this.post(room, 'whiteboard-create', board, host.session);
    const uploader = new Uploader(this.child.url, room, host.session);
    await uploader.send('past.txt', 'A file of the past');
    return { room, host, key: body.key };
  }

  async activity(room: string, session: string): Promise<RoomEvent[]> {
    const headers = { authorization: `Bearer ${session}` };
    const response = await fetch(`${this.child.url}/rooms/${room}/activity`, { headers });
    return ((await response.json()) as Answer<'activity'>).events;
  }

  /** What became of a full reset: it never began, or was carried through to its one end. */
  async outcome({ room, host, key }: Built): Promise<'nothing' | 'all'> {
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
          parts: expect.arrayContaining([
            { part: 'chat', count: 1 },
            { part: 'whiteboards-and-files', count: 2 },
            { part: 'access', count: 1 },
            { part: 'activity', count: 1 },
          ]),
        },
      },
    ]);
    const check = { visitor: newVisitor(), key };
    const { body } = await this.post<{ code: string }>(room, 'call-check', check);
    expect(body.code).toBe('access-key-invalid');
    return 'all';
  }
}
