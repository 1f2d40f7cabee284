import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { RoomEvent } from '../../src/protocol/events.ts';
import { FeedClient } from '../server/support/feed-client.ts';
import { onEachBackend, type Here } from './backends.ts';
import { call, read } from './door.ts';
import { eventually, throughout } from './eventually.ts';
import type { Heard, Person } from './person.ts';

// Nobody has a camera here: it is about what the embedding site can say and hear.
const camera = false;
const API_KEY = 'the-key-of-another-backend-of-theirs';
const BAN = { stem: 'participant-remove', name: 'Vip', reason: 'Vip is our guest of honour' };
const REFUSAL = { stem: 'call-enter', name: 'Banned', reason: 'Your account is suspended' };

/** A locked room with a host, a member, and somebody at the door. */
async function fullRoom({ stage }: Here): Promise<{
  room: string;
  host: Person;
  guest: Person;
  knocker: Person;
}> {
  const room = stage.newRoom();
  const host = await stage.host(room, 'Hanna', { camera });
  const guest = await stage.member(room, 'Gil', { camera });
  const knocker = await stage.knocks(room, 'Kim', { camera });
  await host.sees('Gil');
  await host.card('Kim').waitFor();
  return { room, host, guest, knocker };
}

async function endsByMenu(host: Person): Promise<void> {
  await host.page.getByRole('button', { name: 'Leave', exact: true }).focus();
  await host.page.keyboard.press('ArrowUp');
  await host.page.getByRole('menuitem', { name: 'End call for everyone', exact: true }).click();
}

function vetoes(here: Here): void {
  it('preventDefault() vetoes what a host asks for', async () => {
    const { host, guest, knocker } = await fullRoom(here);
    const requests = ['participant-remove-request', 'knock-admit-request', 'call-end-request'];
    await host.page.evaluate(`
      for (const type of ${JSON.stringify(requests)}) {
        document.body.addEventListener(type, (event) => event.preventDefault());
      }
    `);
    await host.askToRemove('Gil');
    await host.admits('Kim');
    await endsByMenu(host);
    for (const type of requests) await host.hears(type);
    await throughout('nothing has happened', 1_000, async () => {
      const asked = await host.page.getByRole('alertdialog').count();
      const exits = await Promise.all([host, guest].map((one) => one.heard('meeting-left')));
      return asked === 0 && exits.flat().length === 0;
    });
    expect(await knocker.heard('meeting-joined')).toEqual([]);
    expect(await host.heard('knock-admitted')).toEqual([]);
    // The page's own code does it instead.
    await host.calls('admit', knocker.knocked.knock.identity);
    await knocker.hears('meeting-joined');
    await here.stage.closeAll(host, guest, knocker);
  });

  it('waitUntil() holds it: the page says no, with a reason that the host reads, or yes', async () => {
    const { host, guest, knocker } = await fullRoom(here);
    await host.page.evaluate(`
      window.answers = [];
      document.body.addEventListener('knock-admit-request', (event) => {
        event.waitUntil(new Promise((resolve) => answers.push(resolve)));
      });
    `);
    const admit = host.card('Kim').getByRole('button', { name: 'Admit', exact: true });
    await admit.click();
    await eventually(
      'it is held',
      async () => (await admit.getAttribute('aria-disabled')) === 'true',
    );
    expect(await host.heard('knock-admitted')).toEqual([]);
    await host.page.evaluate(`answers[0]('Kim has not paid yet')`);
    await host.page.getByText('Kim has not paid yet').first().waitFor();
    await eventually('it may be asked again', async () => {
      return (await admit.getAttribute('aria-disabled')) === null;
    });
    expect(await knocker.heard('meeting-joined')).toEqual([]);
    await admit.click();
    await eventually('it is held', () => host.page.evaluate<boolean>('answers.length === 2'));
    await host.page.evaluate(`answers[1](true)`);
    await knocker.hears('meeting-joined');
    await here.stage.closeAll(host, guest, knocker);
  });
}

function force(here: Here): void {
  it('a hook on the server forbids with force, and the host reads why', async () => {
    const { stage } = here;
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera });
    const vip = await stage.member(room, BAN.name, { camera });
    await host.sees(BAN.name);
    await host.remove(BAN.name);
    await host.page.getByText(BAN.reason).first().waitFor();
    await host.page.getByText(`${BAN.name} wasn’t removed`).first().waitFor();
    // Nor by the page's own code, nor past the page.
    expect(await host.tries('removeParticipant', vip.entered.me.identity)).toBe('forbidden');
    const { status, body } = await call(
      `${stage.server.url}/rooms/${room}/participant-remove`,
      { identity: vip.entered.me.identity },
      host.entered.session,
    );
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'forbidden', reason: BAN.reason });
    expect(await vip.heard('meeting-left')).toEqual([]);
    await host.sees(BAN.name);

    const banned = await stage.opens({ room, name: REFUSAL.name, as: 'member', camera });
    await banned.asksToEnter();
    await banned.page.getByRole('alert').getByText(REFUSAL.reason).waitFor();
    await stage.closeAll(host, vip, banned);
  });
}

/** Without how this page heard it. */
function plain(event: Heard): RoomEvent {
  const { heardAt: _at, cancelable: _c, bubbles: _b, composed: _o, ...fact } = event;
  return v.parse(RoomEvent, fact);
}

function facts(here: Here): void {
  it('one fact is the same as DOM event, on the feed, and as webhook: name, id, seq and schema', async () => {
    const { stage } = here;
    const { room, host, guest, knocker } = await fullRoom(here);
    const feed = await FeedClient.open(stage.server.url, host.entered);
    await host.admits('Kim');
    await knocker.hears('meeting-joined');
    await host.calls('setRole', guest.entered.me.identity, 'host');
    await host.calls('setLocked', false);
    await host.calls('setLocked', true);
    await host.calls('setLink', 'always');
    await host.calls('invite', { name: 'Ines', access: 'always' });
    await host.sees('Kim');
    await host.remove('Kim');
    await knocker.exit();
    await guest.leave();
    const left = await host.hears('participant-left', ({ reason }) => reason === 'left');
    await host.calls('revokePass', left.participant?.identity);
    const last = await host.hears('pass-revoked');

    const isFact = (event: Heard): boolean => event.seq !== undefined;
    const heard = (await host.heard()).filter(isFact).map(plain);
    expect(new Set(heard.map(({ type }) => type)).size, 'kinds of facts').toBeGreaterThan(9);
    const webhooks = await eventually('all webhooks', () => {
      const told = [...stage.pages.told.values()].filter((event) => event.room === room);
      return told.some(({ seq }) => seq === last.seq) ? told : undefined;
    });
    await eventually('all on the feed', () => feed.events.some(({ seq }) => seq === last.seq));
    for (const fact of heard) {
      expect(webhooks.find(({ seq }) => seq === fact.seq)).toEqual(fact);
      expect(feed.events.find(({ seq }) => seq === fact.seq)).toEqual(fact);
    }
    // What a guest's page is told is the same, and nothing that is for hosts.
    const toGuest = (await knocker.heard()).filter(isFact).map(plain);
    for (const fact of toGuest) expect(heard).toContainEqual(fact);
    expect(toGuest.filter(({ type }) => /^(knock|invitation|link|pass)-/.test(type))).toEqual([]);
    feed.close();
    await stage.closeAll(host, guest, knocker);
  });
}

function activity(here: Here): void {
  it('activity: who entered, knocked, was admitted and removed, by whom and when', async () => {
    const { host, guest, knocker } = await fullRoom(here);
    await host.admits('Kim');
    await knocker.hears('meeting-joined');
    await host.sees('Kim');
    await host.remove('Kim');
    await knocker.exit();
    const { events } = (await host.calls('activity')) as { events: Heard[] };
    expect(events.map(({ type, by }) => `${type} ${by?.name ?? '–'}`).toReversed()).toEqual([
      'participant-joined Hanna',
      'participant-joined Gil',
      'knock-received –',
      'knock-admitted Hanna',
      'participant-joined Kim',
      'participant-removed Hanna',
      'participant-left Hanna',
    ]);
    expect(await guest.tries('activity')).toBe('not-host');
    const csv = await host.page.evaluate<string>(
      `document.querySelector('meeting-room').exportActivity('csv').then((file) => file.text())`,
    );
    expect(csv.trim().split(/\r?\n/)).toHaveLength(events.length + 1);
    expect(csv).toContain('Kim');
    await here.stage.closeAll(host, guest, knocker);
  });
}

function others(here: Here): void {
  it('another backend removes, invites, locks and ends by HTTP with an API key', async () => {
    const { stage } = here;
    const { room, host, guest, knocker } = await fullRoom(here);
    const base = `${stage.server.url}/rooms/${room}`;
    await call(`${base}/room-lock`, { locked: false }, API_KEY);
    expect(await host.hears('room-unlocked')).toMatchObject({ by: { kind: 'server' } });
    await knocker.hears('meeting-joined');
    const { identity } = guest.entered.me;
    await call(`${base}/participant-remove`, { identity, note: 'By the office' }, API_KEY);
    await guest.reads('You were removed from the meeting');
    expect(await guest.exit()).toMatchObject({
      ...{ reason: 'removed', by: { kind: 'server' }, note: 'By the office' },
    });
    const invited = await call<{ key: string }>(
      `${base}/invitation-create`,
      { name: 'Ines', access: 'host' },
      API_KEY,
    );
    const ines = await stage.joins({ room, name: 'Ines', key: invited.body.key, camera });
    expect(ines.entered.me.role).toBe('host');
    await call(`${base}/call-end`, {}, API_KEY);
    for (const person of [host, ines, knocker]) {
      expect(await person.exit()).toMatchObject({ reason: 'ended', by: { kind: 'server' } });
    }
    const wrong = await read(`${base}/access-list`, `${API_KEY}x`);
    expect(wrong.status).toBe(401);
    await stage.closeAll(host, guest, knocker, ines);
  });

  it('explain() says whether an act is allowed, and why not, as the server then does', async () => {
    const { host, guest, knocker } = await fullRoom(here);
    const hanna = host.entered.me.identity;
    const gil = guest.entered.me.identity;
    const guestly = { role: 'guest' };
    const cases: [who: Person, asked: unknown[], method: string, args: unknown[]][] = [
      [guest, ['participant-remove', hanna], 'removeParticipant', [hanna]],
      [guest, ['call-end'], 'endCall', []],
      [host, ['participant-remove', hanna], 'removeParticipant', [hanna]],
      [host, ['role-set', hanna, guestly], 'setRole', [hanna, 'guest']],
      [host, ['role-set', gil, guestly], 'setRole', [gil, 'guest']],
      [knocker, ['participant-remove', gil], 'removeParticipant', [gil]],
    ];
    const whys: string[] = [];
    for (const [who, asked, method, args] of cases) {
      const said = (await who.calls('explain', ...asked)) as { allowed: boolean; why?: string };
      const answer = said.allowed ? 'done' : (said.why ?? '');
      expect(await who.tries(method, ...args), `${who.name}: ${String(asked[0])}`).toBe(answer);
      whys.push(answer);
    }
    expect(whys).toEqual([
      ...['not-host', 'not-host', 'not-yourself', 'last-host', 'done', 'session-missing'],
    ]);
    await here.stage.closeAll(host, guest, knocker);
  });
}

describe('For integrators', () =>
  onEachBackend(
    (here) => {
      if (here.isFirst) vetoes(here);
      force(here);
      facts(here);
      if (here.isFirst) activity(here);
      others(here);
    },
    { webhooks: true, settings: { bans: [BAN, REFUSAL], apiKeys: [API_KEY] } },
  ));
