import { assert, fixture, html } from '@open-wc/testing';
import { requestKey } from '../../src/core/state.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import { de } from '../../src/locales/de.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import {
  answer,
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  rest,
  type Mounted,
  waitUntil,
} from './harness.ts';

/** A call of people with these names, with the panel open. */
async function mountPeople(
  names: readonly string[],
  role: 'host' | 'guest' = 'host',
  width = 1200,
): Promise<Mounted> {
  const mounted = await mountCall(names, role, width, 800);
  await mounted.room.openPanel('people');
  // It fades in, and colours are judged at rest.
  await rest(must(mounted.room, 'meeting-panel'));
  await waitUntil(() => rows(mounted.room).length === names.length, 'every row shows');
  return mounted;
}

const people = (room: MeetingRoom): HTMLElement =>
  must(must(room, 'meeting-panel'), 'meeting-people');
const list = (room: MeetingRoom): HTMLElement => must(people(room), 'meeting-people-list');
const rows = (room: MeetingRoom): HTMLElement[] => [
  ...(list(room).shadowRoot?.querySelectorAll<HTMLElement>('meeting-person') ?? []),
];
const row = (room: MeetingRoom, index: number): HTMLElement => {
  const found = rows(room)[index];
  if (!found) throw new Error(`No row ${index}`);
  return found;
};
const text = (of: Element): string => part(of, '.words')?.textContent?.replace(/\s+/g, ' ') ?? '';
const items = (of: Element): HTMLElement[] => [
  ...(of.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
];
const title = (item: Element | undefined): string | undefined =>
  item?.querySelector('.title')?.textContent?.trim();
const openMenu = async (of: HTMLElement, name: string): Promise<HTMLElement[]> => {
  button(of, `Options for ${name}`).click();
  await waitUntil(() => part(of, '.menu:popover-open'), 'the menu opens');
  return items(of);
};
const asked = (store: FakeStore, name: string): unknown[] | undefined =>
  store.calls.find(([call]) => call === name);

describe('the people in the call', () => {
  it('are listed with their roles, oneself first', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben', 'Cem']);
    assert.deepEqual(rows(room).map(text), [' Ana (you) Host ', ' Ben ', ' Cem ']);
    store.setRoleOf('p_1', 'host');
    await waitUntil(() => text(row(room, 1)).includes('Host'), 'a host shows as one');
    store.gone('p_2');
    await waitUntil(() => rows(room).length === 2, 'who left is gone');
    await expectAccessible(people(room));
  });

  it('of whom a guest can do nothing with', async () => {
    const { room } = await mountPeople(['Ana', 'Ben'], 'guest');
    assert.strictEqual(part(row(room, 1), '.options'), null);
    await expectAccessible(people(room));
  });

  it('are made host and guest again', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben']);
    const [make, remove] = await openMenu(row(room, 1), 'Ben');
    assert.strictEqual(title(make), 'Make host');
    assert.strictEqual(title(remove), 'Remove from the meeting');
    assert.strictEqual(focused() === make, true);
    await expectAccessible(room);
    make?.click();
    await waitUntil(() => asked(store, 'setRole'), 'it is done');
    assert.deepEqual(asked(store, 'setRole'), ['setRole', 'p_1', 'host']);
    assert.strictEqual(focused() === button(row(room, 1), 'Options for Ben'), true);
    store.setRoleOf('p_1', 'host');
    const [again] = await openMenu(row(room, 1), 'Ben');
    assert.strictEqual(title(again), 'Make guest');
  });

  it('are removed after a question', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben']);
    const [, remove] = await openMenu(row(room, 1), 'Ben');
    remove?.click();
    await answer(room, 'Remove');
    await waitUntil(() => asked(store, 'removeParticipant'), 'it is done');
    assert.strictEqual(asked(store, 'removeParticipant')?.[1], 'p_1');
    store.requests.value = new Map([
      [requestKey('participant-remove', 'p_1'), { phase: 'pending' }],
    ]);
    await waitUntil(() => text(row(room, 1)).includes('Removing…'), 'it shows');
  });

  it('say why something is not allowed', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben', 'Ana']);
    const [stop, ...none] = await openMenu(row(room, 0), 'Ana');
    assert.deepEqual(none, []);
    assert.strictEqual(title(stop), 'Stop being host');
    assert.strictEqual(stop?.getAttribute('aria-disabled'), 'true');
    const hint = part(row(room, 0), `#${stop?.getAttribute('aria-describedby')}`);
    assert.include(hint?.textContent, 'A meeting needs a host');
    stop?.click();
    assert.notInclude(store.called, 'setRole');
    await expectAccessible(room);
    press(focused() ?? room, 'Escape');
    // The same person in another window: one leaves, and does not remove oneself.
    const twin = store.participant('p_2');
    if (twin.value) twin.value = { ...twin.value, person: 'person-0' };
    const [, remove] = await openMenu(row(room, 2), 'Ana');
    assert.strictEqual(remove?.getAttribute('aria-disabled'), 'true');
    assert.include(remove?.textContent, 'That’s you');
  });

  it('stay as they are when the server says no, which is told', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben']);
    store.failures.set('setRole', new MeetingError('not-host', 'raw'));
    const [make] = await openMenu(row(room, 1), 'Ben');
    make?.click();
    await waitUntil(() => part(part(room, 'meeting-toasts'), '.toast'), 'it is told');
    assert.include(part(part(room, 'meeting-toasts'), '.toast')?.textContent, 'Ben’s role is as');
  });

  it('are walked through by arrow keys, and the menu by its own', async () => {
    const { room, store } = await mountPeople(['Ana', 'Ben', 'Cem']);
    button(row(room, 0), 'Options for Ana').focus();
    press(focused() ?? room, 'ArrowDown');
    assert.strictEqual(focused() === button(row(room, 1), 'Options for Ben'), true);
    await waitUntil(() => button(row(room, 1), 'Options for Ben').tabIndex === 0);
    assert.strictEqual(button(row(room, 0), 'Options for Ana').tabIndex, -1);
    const [make, remove] = await openMenu(row(room, 1), 'Ben');
    press(focused() ?? room, 'ArrowDown');
    assert.strictEqual(focused() === remove, true);
    press(focused() ?? room, 'ArrowDown');
    assert.strictEqual(focused() === make, true);
    press(focused() ?? room, 'Tab');
    await waitUntil(() => !part(row(room, 1), '.menu'), 'Tab closes it');
    // Who is gone hands the focus on.
    button(row(room, 1), 'Options for Ben').focus();
    store.gone('p_1');
    await waitUntil(() => focused()?.ariaLabel === 'Options for Cem', 'it goes on');
  });

  it('keep long names in their row, and may be many', async () => {
    const long = 'Maximiliane-Friederike von und zu Hohenlohe-Waldenburg-Schillingsfürst';
    const { room, store } = await mountPeople([long]);
    const names = [long, 'سارة حداد', ...Array<string>(198).fill('Ben')];
    store.enter(names.map((name) => ({ name })));
    await waitUntil(() => rows(room).length === 200 && part(row(room, 199), '.row'));
    const frame = must(room, 'meeting-panel');
    for (const index of [0, 1, 199]) {
      const box = must(row(room, index), '.row').getBoundingClientRect();
      assert.isAtMost(box.right, frame.getBoundingClientRect().right);
      assert.isAtMost(box.height, 60);
    }
    const scroll = must(people(room), '.scroll');
    assert.isAbove(scroll.scrollHeight, scroll.clientHeight);
    assert.isAtMost(scroll.scrollWidth, scroll.clientWidth);
  });

  it('speak German', async () => {
    const { room } = await mountPeople(['Ana', 'Ben']);
    room.locale = de;
    await waitUntil(() => text(row(room, 0)).includes('Ana (Sie)'), 'it is German');
  });

  it('can stand elsewhere on the page', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    room.id = 'the-room';
    const outside = await fixture(html`<meeting-people meeting="the-room"></meeting-people>`);
    await waitUntil(() => part(outside, 'meeting-people-list'), 'it shows');
    const inner = must(outside, 'meeting-people-list');
    await waitUntil(() => inner.shadowRoot?.querySelectorAll('meeting-person').length === 2);
    const ben = inner.shadowRoot?.querySelectorAll<HTMLElement>('meeting-person')[1];
    if (!ben) throw new Error('No second row');
    const [make] = await openMenu(ben, 'Ben');
    make?.click();
    await waitUntil(() => asked(store, 'setRole'), 'the room does it');
    await expectAccessible(outside);
  });
});
