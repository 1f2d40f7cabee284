import { describe, expect, it } from 'vitest';
import { ExitReason } from '../../src/protocol/exit.ts';
import type { AccessList } from '../../src/protocol/invitation.ts';
import { ResetPart } from '../../src/protocol/reset.ts';
import { FeedClient } from '../server/support/feed-client.ts';
import { onEachBackend, type Here } from './backends.ts';
import { Cluster } from './cluster.ts';
import { call, read } from './door.ts';
import { eventually } from './eventually.ts';
import type { Stage } from './harness.ts';
import type { Person } from './person.ts';

// Where nobody needs to be seen, nobody has a camera.
const camera = false;

/** What the page's backend was told by webhook of this room. */
const told = ({ stage }: Here, room: string) =>
  [...stage.pages.told.values()].filter((event) => event.room === room);

/** How one exit comes about, and how it is told. */
interface ExitCase {
  reason: string;
  heading: string;
  next: string;
  /** The one button that leads on, if any does. */
  button: string | undefined;
  by?: object;
  note?: string;
  /** Brings the guest out; they are in the call, or at the door where they should be. */
  act: (host: Person, guest: Person, stage: Stage) => Promise<unknown>;
  atTheDoor?: boolean;
  /** What hosts' pages and webhooks are told of it. */
  fact: object | undefined;
}

const hanna = { name: 'Hanna', role: 'host' };
const gil = { name: 'Gil' };

const EXITS: ExitCase[] = [
  {
    reason: 'left',
    heading: 'You left the meeting',
    next: 'rejoin',
    button: 'Rejoin',
    act: (_, guest) => guest.leave(),
    fact: { type: 'participant-left', reason: 'left', participant: gil, by: gil },
  },
  {
    reason: 'removed',
    heading: 'You were removed from the meeting',
    next: 'knock',
    button: 'Knock again',
    by: hanna,
    note: 'Wrong meeting',
    act: (host, guest) =>
      host.calls('removeParticipant', guest.entered.me.identity, { note: 'Wrong meeting' }),
    fact: { type: 'participant-removed', participant: gil, by: hanna, note: 'Wrong meeting' },
  },
  {
    reason: 'ended',
    heading: 'The call has ended',
    next: 'enter',
    button: 'Join again',
    by: hanna,
    act: (host) => host.calls('endCall', { keepMe: true }),
    fact: { type: 'call-ended', keptHost: true, by: hanna },
  },
  {
    reason: 'reset',
    heading: 'The meeting room was reset',
    next: 'enter',
    button: 'Join again',
    by: hanna,
    act: (host) => host.calls('resetRoom', ['activity'], { keepMe: true }),
    fact: { type: 'room-reset', parts: expect.arrayContaining(ResetPart.options), by: hanna },
  },
  {
    reason: 'denied',
    heading: 'You weren’t let in',
    next: 'knock',
    button: 'Knock again',
    by: hanna,
    note: 'Not today',
    atTheDoor: true,
    act: (host, guest) => host.calls('deny', guest.knocked.knock.identity, { note: 'Not today' }),
    fact: { type: 'knock-denied', knock: gil, by: hanna, note: 'Not today' },
  },
  {
    reason: 'withdrawn',
    heading: 'You stopped waiting',
    next: 'knock',
    button: 'Knock again',
    atTheDoor: true,
    act: (_, guest) => guest.page.getByRole('button', { name: 'Stop waiting' }).click(),
    fact: { type: 'knock-over', knock: gil, reason: 'withdrawn' },
  },
  {
    reason: 'replaced',
    heading: 'Open in another window',
    next: 'takeover',
    button: 'Use it here',
    act: async (_, guest, { server }) => {
      const { room, me, session } = guest.entered;
      const url = `${server.url}/rooms/${room.name}/call-resume`;
      const { body } = await call<{ me: object }>(url, { takeOver: true }, session);
      expect(body.me).toEqual(me);
    },
    // To the others nothing has happened.
    fact: undefined,
  },
];

/** For what takes ten minutes or a disaster: the time is turned back, or a row lost, in the database. */
function databaseOf({ server }: Stage): Cluster {
  if (!(server instanceof Cluster)) throw new Error('No way into its database');
  return server;
}

const reconcile = (stage: Stage, { entered }: Person): Promise<unknown> =>
  databaseOf(stage).query(`update rooms set check_at = 0 where name = $1`, [entered.room.name]);

const EXPIRED: ExitCase = {
  reason: 'expired',
  heading: 'Nobody answered',
  next: 'knock',
  button: 'Knock again',
  atTheDoor: true,
  act: async (host, guest, stage) => {
    await databaseOf(stage).query(
      `update admissions set expires_at = 1
        where id = (select admission_id from seats where identity = $1)`,
      [guest.knocked.knock.identity],
    );
    await reconcile(stage, host);
  },
  fact: { type: 'knock-over', knock: gil, reason: 'expired' },
};

/** Away for longer than a place is kept, and back. */
const NETWORK: ExitCase = {
  reason: 'network',
  heading: 'Connection lost',
  next: 'enter',
  button: 'Join again',
  act: async (host, guest, stage) => {
    const context = guest.page.context();
    // That cuts what goes by HTTP and WebSocket; media goes by UDP.
    await context.setOffline(true);
    await guest.page.evaluate('probe.peers.forEach((peer) => peer.close())');
    const gone = async (): Promise<boolean> => (await host.heard('participant-left')).length > 0;
    await eventually('they count as gone, after 20 s without a sign', gone, 60_000);
    const { identity } = guest.entered.me;
    const database = databaseOf(stage);
    await database.query(
      `update admissions set gone_at = 1
        where id = (select admission_id from seats where identity = $1)`,
      [identity],
    );
    await reconcile(stage, host);
    await eventually('the place is no longer kept', async () => {
      const [stay] = await database.query<{ state: string }>(
        `select state from admissions join seats on admission_id = admissions.id
          where identity = $1`,
        [identity],
      );
      return stay?.state === 'left';
    });
    await context.setOffline(false);
  },
  fact: { type: 'participant-left', participant: gil, reason: 'network' },
};

/** The server knows nothing of them any more, as after the loss of its database. */
const SERVER: ExitCase = {
  reason: 'server',
  heading: 'The meeting service is away',
  next: 'enter',
  button: 'Join again',
  act: async (_, guest, stage) => {
    const { identity } = guest.entered.me;
    const [seat] = await databaseOf(stage).query<{ sfu_room: string }>(
      `update admissions set session_hash = 'lost' || admissions.id from seats
        where admission_id = admissions.id and identity = $1 returning sfu_room`,
      [identity],
    );
    await stage.sfu.removeParticipant(seat?.sfu_room ?? '', identity);
  },
  fact: { type: 'participant-left', participant: gil },
};

function exits(here: Here): void {
  it('has a case for every reason there is', () => {
    const cases = [...EXITS, EXPIRED, NETWORK, SERVER].map(({ reason }) => reason);
    expect(cases.sort()).toEqual([...ExitReason.options].sort());
  });

  it.each([...EXITS, ...(here.isFirst ? [] : [EXPIRED, NETWORK, SERVER])])(
    'exit "$reason" is told in words, as an event, and by webhook',
    async (exit) => {
      const { stage } = here;
      const room = stage.newRoom();
      const host = await stage.host(room, 'Hanna', { camera });
      const guest = exit.atTheDoor
        ? await stage.knocks(room, 'Gil', { camera })
        : await stage.member(room, 'Gil', { camera });
      await (exit.atTheDoor ? host.card('Gil').waitFor() : host.sees('Gil'));
      const before = (await host.heard()).length;
      await exit.act(host, guest, stage);

      await guest.reads(exit.heading);
      const buttons = guest.page.getByRole('button').filter({ hasNotText: 'Close' });
      expect(await buttons.allInnerTexts()).toEqual(exit.button ? [exit.button] : []);
      const left = await guest.exit();
      expect(left).toMatchObject({
        reason: exit.reason,
        next: exit.next,
        ...(exit.by && { by: exit.by }),
        ...(exit.note && { note: exit.note }),
      });
      expect('note' in left, 'a note only where there is one').toBe(exit.note !== undefined);
      if (exit.note) await guest.page.getByText(exit.note).waitFor();
      expect(await guest.heard('meeting-left'), 'once').toHaveLength(1);

      if (exit.fact) {
        const { type } = exit.fact as { type: string };
        const fact = await eventually(
          `Hanna hears ${type}`,
          async () => (await host.heard(type)).at(0),
          60_000,
        );
        expect(fact).toMatchObject(exit.fact);
        const webhook = await eventually('the webhook', () =>
          told(here, room).find(({ seq }) => seq === fact.seq),
        );
        expect(webhook).toMatchObject(exit.fact);
      } else {
        expect((await host.heard()).slice(before)).toEqual([]);
      }
      await stage.closeAll(host, guest);
    },
  );

  it('removal in full: note, "Don’t let them back in", who is kept out, "Let back in"', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    await host.calls('setLocked', false);
    const guest = await stage.guest(room, 'Gil', { camera });
    await host.sees('Gil');
    await host.askToRemove('Gil');
    const dialog = host.page.getByRole('alertdialog');
    await dialog.getByRole('textbox').fill('Please call the office');
    await dialog.getByRole('checkbox', { name: 'Don’t let them back in' }).check();
    await host.confirm();
    const note = 'Please call the office';
    expect(await guest.exit()).toMatchObject({ reason: 'removed', next: 'none', note });
    // The way in closes with it, and the host is told.
    expect(await host.hears('room-locked')).toMatchObject({ cause: 'removal' });
    await host.page.getByText('The link now asks people to knock.').first().waitFor();

    const context = guest.page.context();
    const tab = await stage.opens({ room, name: 'Gil', context, camera });
    expect((await tab.asksToKnock()).status()).toBe(403);
    await tab.page.getByText('You can’t knock here').waitFor();
    const { session } = host.entered;
    const url = `${stage.server.url}/rooms/${room}/access-list`;
    const { excluded } = (await read<AccessList>(url, session)).body;
    expect(excluded).toMatchObject([
      { participant: { name: 'Gil' }, reason: 'removed', by: hanna, note, blocked: true },
    ]);

    await host.calls('restoreParticipant', excluded[0]?.participant.identity);
    expect(await host.hears('participant-restored')).toMatchObject({ participant: gil });
    expect((await read<AccessList>(url, session)).body.excluded).toEqual([]);
    const back = await stage.joins({ room, name: 'Gil', context, camera });
    await host.sees('Gil');
    await stage.closeAll(host, guest, back);
  });

  it('after the exit, not a frame of the room reaches the removed page, nor sockets kept open', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room);
    const guest = await stage.member(room, 'Gil');
    await host.seesMoving('Gil');
    await guest.seesMoving('Hanna');
    // A socket of their own, which no code of ours will close on their side.
    const kept = await FeedClient.connect(stage.server.url, room);
    kept.say({ session: guest.entered.session, after: guest.entered.seq });
    await kept.frame('head');
    await host.remove('Gil');
    await guest.exit();
    const { code } = await kept.closed;
    expect(code, 'closed by the server').toBeGreaterThanOrEqual(4400);
    await guest.isCutOff();
    const arrived = guest.arrived;
    const media = await guest.frames();

    // Now there is much to hear: people, knocks, locks.
    const member = await stage.member(room, 'Mara', { camera });
    const knocker = await stage.knocks(room, 'Ada', { camera });
    await host.calls('setLocked', false);
    await knocker.hears('meeting-joined');
    await member.leave();
    await host.hears('participant-left', ({ participant }) => participant?.name === 'Mara');
    expect(guest.arrived, 'frames on any socket of the page').toEqual(arrived);
    expect(await guest.frames(), 'frames of any camera').toBe(media);
    expect(kept.frames.at(-1)).toMatchObject({ type: 'over', exit: { reason: 'removed' } });
    expect(guest.feed.at(-1)?.frame).toMatchObject({ type: 'over', exit: { reason: 'removed' } });
    await stage.closeAll(host, guest, member, knocker);
  });
}

function forwarding(here: Here): void {
  it('P18 after the meeting the page goes on to `forward-url`, unless it or the person says no', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const url = `${stage.pages.origin}/blank`;
    const attributes = { 'forward-url': url };
    const host = await stage.host(room, 'Hanna', { camera, attributes });
    const [gil, ada, ben] = await Promise.all(
      ['Gil', 'Ada', 'Ben'].map((name) => stage.member(room, name, { camera, attributes })),
    );
    if (!gil || !ada || !ben) throw new Error('Three members');
    await ben.page.evaluate(`document.body.addEventListener('meeting-forward-request', (event) => {
      event.preventDefault();
    })`);
    await host.sees('Ben');
    // There are ten seconds for it, so each is at their button already.
    const choices = Promise.all([
      ada.page.getByRole('button', { name: 'Stay here' }).click(),
      gil.page.getByRole('button', { name: 'Go now' }).click(),
    ]);
    await host.calls('endCall');
    // The event comes first; by its words people read why they are out before they go.
    expect(await ben.hears('meeting-forward-request')).toMatchObject({ url, reason: 'ended' });
    await choices;
    await gil.page.waitForURL(url);
    await host.page.waitForURL(url, { timeout: 60_000 });
    for (const person of [ada, ben]) {
      await person.reads('The call has ended');
      expect(person.page.url()).toBe(person.url);
    }
    await stage.closeAll(host, gil, ada, ben);
  });
}

describe('Exits', () =>
  onEachBackend(
    (here) => {
      exits(here);
      if (here.isFirst) forwarding(here);
    },
    { webhooks: true },
  ));
