import { assert } from '@open-wc/testing';
import type { MeetingPeopleList } from '../../src/elements/meeting-people/meeting-people-list.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { goodness, usesIn } from '../../src/elements/meeting-people/invitation.model.ts';
import { linkBy, mailto } from '../../src/elements/meeting-people/link.model.ts';
import { en } from '../../src/locales/en.ts';
import type { RoomEvent } from '../../src/protocol/events.ts';
import type { Invitation } from '../../src/protocol/invitation.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import {
  answer,
  button,
  confirmDialog,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  removeButton,
  rest,
  type Mounted,
  waitUntil,
} from './harness.ts';

type Tab = 'people' | 'access' | 'activity';

const people = (room: MeetingRoom): HTMLElement =>
  must(must(room, 'meeting-panel'), 'meeting-people');
const tab = (room: MeetingRoom, name: Tab): HTMLElement => must(people(room), `#${name}`);
const asked = (store: FakeStore, name: string): unknown[] | undefined =>
  store.calls.findLast(([call]) => call === name);
const words = (of: Element | null): string =>
  (of?.shadowRoot ?? of)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** A host's call with the panel open at a tab. */
async function mountTab(name: Tab, prepare?: (store: FakeStore) => void): Promise<Mounted> {
  const mounted = await mountCall(['Ana', 'Ben'], 'host', 1200, 900);
  mounted.room.inviteUrl = 'https://example.com/guest?room=acme';
  mounted.store.setAccessList({});
  prepare?.(mounted.store);
  await mounted.room.openPanel('people');
  // It fades in, and colours are judged at rest.
  await rest(must(mounted.room, 'meeting-panel'));
  tab(mounted.room, name).click();
  const selected = (): boolean => tab(mounted.room, name).ariaSelected === 'true';
  await waitUntil(selected, 'the tab is chosen');
  return mounted;
}

const access = (room: MeetingRoom): HTMLElement => must(people(room), 'meeting-access');
const form = (room: MeetingRoom): HTMLElement => must(access(room), 'meeting-invite');
const activity = (room: MeetingRoom): HTMLElement => must(people(room), 'meeting-activity');
const outside = (room: MeetingRoom): HTMLElement => must(people(room), 'meeting-outside');
const type = (host: Element, name: string, text: string): void => {
  (must(host, `[name=${name}]`) as HTMLInputElement).value = text;
};
const link = (host: Element): string => (must(host, 'input[readonly]') as HTMLInputElement).value;

const CEM = { identity: 'p_9', name: 'Cem', role: 'guest', person: 'cem' } as const;
const ANA = { identity: 'p_0', name: 'Ana', role: 'host', person: 'person-0' } as const;
const INVITATION: Invitation = {
  id: 'v_1',
  name: 'Dora',
  access: 'always',
  uses: 0,
  createdAt: 1,
  here: [],
};

describe('the tabs of a host', () => {
  it('are walked by arrow keys, also from right to left', async () => {
    const { room } = await mountTab('people');
    tab(room, 'people').focus();
    press(focused() ?? room, 'ArrowRight');
    await waitUntil(() => part(people(room), 'meeting-access'), 'the next one shows');
    assert.strictEqual(focused() === tab(room, 'access'), true);
    press(focused() ?? room, 'End');
    await waitUntil(() => part(people(room), 'meeting-note'), 'the last one shows');
    press(focused() ?? room, 'ArrowRight');
    await waitUntil(() => part(people(room), 'meeting-people-list'), 'the first one shows');
    room.locale = { ...en, dir: 'rtl' };
    await waitUntil(() => getComputedStyle(people(room)).direction === 'rtl');
    press(focused() ?? room, 'ArrowLeft');
    await waitUntil(() => part(people(room), 'meeting-access'), 'left is on, here');
    await expectAccessible(people(room));
  });

  it('are gone for who is a host no longer', async () => {
    const { room, store } = await mountTab('access');
    store.setRoleOf('p_0', 'guest');
    await waitUntil(() => part(people(room), 'meeting-people-list'), 'the list shows');
    assert.strictEqual(part(people(room), '[role=tablist]'), null);
    await waitUntil(() => store.watchers === 0, 'nobody watches any more');
  });
});

describe('the switch of the public link', () => {
  it('locks and unlocks, and says what follows', async () => {
    const { room, store } = await mountTab('access');
    const lock = must(access(room), '[role=switch]');
    assert.strictEqual(lock.ariaChecked, 'false');
    assert.include(words(access(room)), 'comes straight in');
    lock.click();
    await waitUntil(() => asked(store, 'setLocked'), 'it is asked for');
    assert.deepEqual(asked(store, 'setLocked'), ['setLocked', true]);
    // It shows what is, not what was asked for.
    assert.strictEqual(lock.ariaChecked, 'false');
    store.room.value = { name: 'acme', locked: true, presenterMode: false };
    await waitUntil(() => lock.ariaChecked === 'true', 'it is locked');
    assert.include(words(access(room)), 'wait until a host lets them in');
    assert.strictEqual(link(must(access(room), 'meeting-link')), room.inviteUrl);
    await expectAccessible(access(room));
  });
});

describe('the private link', () => {
  const select = (room: MeetingRoom): HTMLSelectElement =>
    must(access(room), 'select') as HTMLSelectElement;
  const choose = (room: MeetingRoom, level: string): void => {
    select(room).value = level;
    select(room).dispatchEvent(new Event('change'));
  };

  it('shows a new key once, and a renewed one', async () => {
    const { room, store } = await mountTab('access');
    choose(room, 'always');
    await waitUntil(() => asked(store, 'setLink'), 'it is asked for');
    store.setAccessList({ link: { access: 'always', createdAt: 1 } });
    const box = await waitFor(() => part(access(room), '.new meeting-link'));
    await waitFor(() => part(box, 'input'));
    assert.strictEqual(link(box), linkBy(store.linkKey, room.inviteUrl));
    assert.include(words(access(room)), 'it is not shown again');
    await expectAccessible(access(room));
    store.linkKey = 'n'.repeat(32);
    button(access(room), 'Make a new link').click();
    await waitUntil(() => link(box).includes('nnnn'), 'the new one shows');
    assert.deepEqual(asked(store, 'setLink'), ['setLink', 'always', { renew: true }]);
  });

  it('shows what is true when the server says no', async () => {
    const { room, store } = await mountTab('access');
    store.failures.set('setLink', new MeetingError('not-host', 'raw'));
    choose(room, 'host');
    await waitUntil(() => part(part(room, 'meeting-toasts'), '.toast'), 'it is told');
    await waitUntil(() => select(room).value === 'off', 'the choice is as it was');
  });

  it('is the key alone where the page did not say where guests come in', async () => {
    const { room, store } = await mountTab('access');
    room.entryToken = 'a.b.c';
    room.inviteUrl = null;
    choose(room, 'host');
    await waitUntil(() => asked(store, 'setLink'));
    store.setAccessList({ link: { access: 'host', createdAt: 1 } });
    const box = await waitFor(() => part(access(room), '.new meeting-link'));
    await waitUntil(() => link(box) === `#key=${store.linkKey}`, 'the key alone');
    assert.include(words(access(room)), 'Put this at the end of the address');
    assert.strictEqual(part(box, 'a'), null);
  });
});

describe('an invitation', () => {
  it('is made for a name or an address, and its link shown once', async () => {
    const { room, store } = await mountTab('access');
    button(form(room), 'Make a link').click();
    await waitUntil(() => part(form(room), '[role=alert]'), 'it says what is missing');
    assert.strictEqual(focused()?.getAttribute('name'), 'name');
    type(form(room), 'email', 'nonsense');
    button(form(room), 'Make a link').click();
    await waitUntil(() => focused()?.getAttribute('name') === 'email', 'it says what is wrong');
    await expectAccessible(form(room));
    type(form(room), 'name', ' Dora ');
    type(form(room), 'email', 'dora@example.com');
    type(form(room), 'access', 'host');
    type(form(room), 'uses', '2');
    type(form(room), 'expiry', 'day');
    const before = Date.now();
    button(form(room), 'Make a link').click();
    const box = await waitFor(() => part(form(room), '.new meeting-link'));
    const [, wish] = asked(store, 'invite') as [string, { expiresAt: number }];
    const { expiresAt, ...rest } = wish;
    assert.deepEqual(rest as unknown, {
      access: 'host',
      name: 'Dora',
      email: 'dora@example.com',
      maxUses: 2,
    });
    assert.closeTo(expiresAt - before, 24 * 3_600_000, 5_000);
    await waitFor(() => part(box, 'a'));
    assert.strictEqual(link(box), linkBy(store.invitation.key, room.inviteUrl));
    assert.include(part(box, 'a')?.getAttribute('href'), 'mailto:dora@example.com?');
    await waitUntil(() => focused() === part(form(room), '.new'), 'the focus is there');
    await expectAccessible(form(room));
    button(form(room), 'Done').click();
    await waitUntil(() => focused()?.getAttribute('name') === 'name', 'the next one');
    assert.notInclude(form(room).shadowRoot?.innerHTML ?? '', store.invitation.key);
  });

  it('stays in its form when the server or the page says no', async () => {
    const { room, store } = await mountTab('access');
    store.failures.set('invite', new MeetingError('rate-limited', 'raw'));
    type(form(room), 'name', 'Dora');
    button(form(room), 'Make a link').click();
    await waitUntil(() => words(part(form(room), '[role=alert]')).includes('Too many'));
    store.failures.clear();
    room.addEventListener('invitation-create-request', (event) => event.preventDefault());
    button(form(room), 'Make a link').click();
    await waitUntil(() => !part(form(room), '[role=alert]'), 'the problem is gone');
    assert.strictEqual((must(form(room), '[name=name]') as HTMLInputElement).value, 'Dora');
    assert.strictEqual(store.called.filter((name) => name === 'invite').length, 1);
  });

  it('is listed with its uses, and withdrawn after a question', async () => {
    const invitations = [
      { ...INVITATION, uses: 1, maxUses: 3, here: [CEM] },
      { ...INVITATION, id: 'v_2', name: 'Eve', revokedAt: 2 },
    ];
    const { room, store } = await mountTab('access', (fake) => fake.setAccessList({ invitations }));
    const rows = (): HTMLElement[] => [
      ...(access(room).shadowRoot?.querySelectorAll<HTMLElement>('li') ?? []),
    ];
    await waitUntil(() => rows().length === 2, 'both are listed');
    assert.include(words(rows()[0] ?? null), 'Can always join · Used 1 of 3');
    assert.include(words(rows()[0] ?? null), 'In the call: Cem');
    assert.include(words(part(access(room), 'details')), 'No longer good (1)');
    button(access(room), 'Withdraw the invitation for Dora').click();
    await waitUntil(() => confirmDialog(room), 'it asks');
    await expectAccessible(access(room));
    button(part(room, 'meeting-confirm'), 'Withdraw').click();
    await waitUntil(() => asked(store, 'revokeInvitation'), 'it is withdrawn');
    assert.deepEqual(asked(store, 'revokeInvitation')?.slice(0, 2), ['revokeInvitation', 'v_1']);
  });

  it('is good, withdrawn, expired or used up', () => {
    assert.strictEqual(goodness(INVITATION, 5), 'good');
    assert.strictEqual(goodness({ ...INVITATION, revokedAt: 1 }, 5), 'withdrawn');
    assert.strictEqual(goodness({ ...INVITATION, expiresAt: 5 }, 5), 'expired');
    assert.strictEqual(goodness({ ...INVITATION, uses: 1, maxUses: 1 }, 5), 'usedUp');
    assert.strictEqual(goodness({ ...INVITATION, uses: 1, maxUses: 1, here: [CEM] }, 5), 'good');
    assert.deepEqual(['', '3', '0', '1.5', 'x', '1001'].map(usesIn), [
      undefined,
      3,
      ...Array<number>(4).fill(Number.NaN),
    ]);
    assert.strictEqual(linkBy('k', 'https://a.b/c#d'), 'https://a.b/c#key=k');
    assert.strictEqual(mailto('l&k', 'A b', 'x@y?z'), 'mailto:x@y%3Fz?subject=A%20b&body=l%26k');
  });
});

describe('who is outside', () => {
  it('comes back by a pass until it runs out or is taken back', async () => {
    const until = Date.now() + 90_000;
    const { room, store } = await mountTab('people', (fake) =>
      fake.setAccessList({ passes: [{ participant: CEM, until }] }),
    );
    await waitUntil(() => words(part(outside(room), 'li')).includes('for 1:2'), 'it counts down');
    await expectAccessible(outside(room));
    button(outside(room), 'Make them knock: Cem').click();
    await waitUntil(() => asked(store, 'revokePass'), 'it is taken back');
    store.setAccessList({ passes: [{ participant: CEM, until: Date.now() + 300 }] });
    await waitUntil(() => !part(outside(room), 'li'), 'it has run out');
  });

  it('is kept out, by whom and with what note, until let back in', async () => {
    const { room, store } = await mountTab('people', (fake) =>
      fake.setAccessList({
        excluded: [
          { participant: CEM, reason: 'removed', at: 1, by: ANA, note: 'Later', blocked: true },
        ],
      }),
    );
    const row = await waitFor(() => part(outside(room), 'li'));
    assert.include(words(row), 'Removed by Ana');
    assert.include(words(row), '“Later”');
    assert.include(words(row), 'They can’t knock.');
    await expectAccessible(outside(room));
    button(outside(room), 'Let back in: Cem').click();
    await waitUntil(() => asked(store, 'restoreParticipant'), 'they are let back in');
  });
});

describe('the activity', () => {
  const event = (seq: number, more: Partial<RoomEvent> = {}): RoomEvent =>
    ({
      id: `e_${seq}`,
      seq,
      at: Date.now(),
      room: 'acme',
      type: 'participant-left',
      participant: CEM,
      reason: 'left',
      ...more,
    }) as RoomEvent;
  const lines = (room: MeetingRoom): string[] =>
    [...(activity(room).shadowRoot?.querySelectorAll('li span') ?? [])].map(words);

  it('is told in words, page by page and live, each event once', async () => {
    const { room, store } = await mountTab('activity', (fake) => {
      fake.activities = [
        {
          events: [event(5, { type: 'participant-removed', note: 'Later', by: ANA }), event(4)],
          more: true,
        },
        { events: [event(3, { type: 'room-unlocked', by: { kind: 'server' } })], more: false },
      ];
    });
    await waitUntil(() => lines(room).length === 2, 'the first page shows');
    assert.deepEqual(lines(room), ['Ana removed Cem: “Later”', 'Cem left']);
    store.tell(event(6, { type: 'participant-restored', by: ANA }));
    store.tell(event(5, { type: 'participant-removed', note: 'Later', by: ANA }));
    // The removal tells of this exit.
    store.tell(event(7, { reason: 'removed' }));
    await waitUntil(() => lines(room).length === 3, 'what is new comes on top');
    assert.strictEqual(lines(room)[0], 'Ana let Cem back in');
    await expectAccessible(activity(room));
    button(activity(room), 'Show more').click();
    await waitUntil(() => lines(room).length === 4, 'the next page shows');
    assert.deepEqual(asked(store, 'activity'), ['activity', { limit: 50, before: 4 }]);
    assert.strictEqual(lines(room)[3], 'This site made the link let people straight in');
    assert.strictEqual(part(activity(room), '.actions .button')?.textContent?.trim(), 'CSV');
  });

  it('says when it can’t be loaded, and is tried again', async () => {
    const { room, store } = await mountTab('activity', (fake) =>
      fake.failures.set('activity', new MeetingError('server-unreachable', 'raw')),
    );
    await waitUntil(() => part(activity(room), '[role=alert]'), 'it says so');
    store.failures.clear();
    store.activities = [{ events: [event(1)], more: false }];
    button(activity(room), 'Try again').click();
    await waitUntil(() => lines(room).length === 1, 'it is there');
  });

  it('is saved as a file', async () => {
    const { room, store } = await mountTab('activity', (fake) => {
      fake.activities = [{ events: [event(1)], more: false }];
      fake.exported = new Blob(['seq\n1']);
    });
    await waitUntil(() => lines(room).length === 1);
    const saved: string[] = [];
    const save = (click: MouseEvent): void => {
      if (click.target instanceof HTMLAnchorElement) saved.push(click.target.download);
      click.preventDefault();
    };
    const original = HTMLAnchorElement.prototype.click;
    // A link that is in no page has nobody to stop it.
    HTMLAnchorElement.prototype.click = function click(this: HTMLAnchorElement): void {
      this.addEventListener('click', save, { once: true });
      original.call(this);
    };
    try {
      button(activity(room), 'Save as CSV').click();
      await waitUntil(() => saved.length === 1, 'it is saved');
    } finally {
      HTMLAnchorElement.prototype.click = original;
    }
    assert.deepEqual(saved, ['acme-activity.csv']);
    assert.deepEqual(asked(store, 'exportActivity'), ['exportActivity', 'csv']);
    store.failures.set('exportActivity', new MeetingError('server-unreachable', 'raw'));
    button(activity(room), 'Save as JSON').click();
    await waitUntil(() => words(part(activity(room), '[role=alert]')).includes('wasn’t saved'));
  });
});

describe('the only host', () => {
  it('is told that the others stay without a host, and how to mend that', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben'], 'host', 1200, 800);
    const menu = must(must(room, 'meeting-controls'), 'leave-menu');
    const leave = must(menu, '.leave');
    assert.include(leave.getAttribute('title'), 'without a host');
    press(leave, 'ArrowDown');
    const hint = (): string => words(must(menu, '.item'));
    assert.include(hint(), 'Make somebody host first, in People.');
    await expectAccessible(menu);
    store.setRoleOf('p_1', 'host');
    await waitUntil(() => hint().includes('You can come back.'), 'there is another host');
    assert.strictEqual(leave.getAttribute('title'), null);
    store.gone('p_1');
    await waitUntil(() => hint().includes('You can come back.'), 'nobody stays');
  });
});

describe('a room without what removes', () => {
  it('has it neither on tiles nor in the panel', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    assert.isOk(removeButton(room, 'Ben'));
    room.withoutRemove = true;
    await waitUntil(() => !removeButton(room, 'Ben'), 'it is gone from the tile');
    await room.openPanel('people');
    const list = await waitFor(() =>
      part(part(part(room, 'meeting-panel'), 'meeting-people'), 'meeting-people-list'),
    );
    assert.strictEqual((list as MeetingPeopleList).withoutRemove, true);
    room.withoutRemove = false;
    await waitUntil(() => !(list as MeetingPeopleList).withoutRemove, 'the panel hears of it');
  });
});

describe('the button on a tile', () => {
  it('says why somebody can’t be removed', async () => {
    const { room, store } = await mountCall(['Ana', 'Ana', 'Ben']);
    const twin = store.participant('p_1');
    if (twin.value) twin.value = { ...twin.value, name: 'Twin', person: 'person-0' };
    await waitUntil(() => must(room, 'meeting-grid').shadowRoot && removeButton(room, 'Ben'));
    const tiles = must(room, 'meeting-grid').shadowRoot?.querySelectorAll('participant-tile');
    const remove = await waitFor(() => part(tiles?.[1], '.remove[aria-disabled]'));
    assert.include(remove.getAttribute('aria-description'), 'That’s you');
    remove.click();
    await new Promise(requestAnimationFrame);
    assert.strictEqual(confirmDialog(room), null);
    removeButton(room, 'Ben')?.click();
    await answer(room, 'Cancel');
  });
});

/** Waits for what `find` finds. */
async function waitFor(find: () => HTMLElement | null): Promise<HTMLElement> {
  let found: HTMLElement | null = null;
  await waitUntil(() => (found = find()) !== null, find.toString());
  if (!found) throw new Error('Never came');
  return found;
}
