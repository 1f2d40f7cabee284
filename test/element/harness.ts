import { assert, fixture, html, waitUntil as waitShortly } from '@open-wc/testing';
import '../../src/define/all.ts';
import '../../src/define/stage.ts';
import '../../src/define/meeting-people.ts';
import type { ParticipantState } from '../../src/core/state.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { ParticipantTile } from '../../src/elements/participant-tile/participant-tile.ts';
import { FakeStore } from '../fakes/fake-store.ts';

/** Waits until something is so; on a machine that does much else, too. */
export const waitUntil: typeof waitShortly = (isSo, message, options) =>
  waitShortly(isSo, message, { timeout: 10_000, ...options });

/** A room on a fake store, on its join screen. */
export interface Mounted {
  readonly room: MeetingRoom;
  readonly store: FakeStore;
}

export async function mountRoom(width = 900, height = 600): Promise<Mounted> {
  // What devices somebody wants outlives a page, and so another test.
  sessionStorage.removeItem('livekit-meeting-room:devices');
  const store = new FakeStore();
  const box = await fixture(html`<div></div>`);
  box.setAttribute('style', `width:${width}px;height:${height}px`);
  const room = document.createElement('meeting-room');
  Object.assign(room, { store, lang: 'en' });
  box.append(room);
  await waitUntil(() => store.called.includes('restore'), 'the room starts');
  await waitUntil(() => part(room, 'meeting-lobby') !== null, 'the join screen shows');
  await waitUntil(() => store.called.includes('setCamera'), 'the room lives');
  return { room, store };
}

/** A call of people with these names, seen by the first. */
export async function mountCall(
  names: readonly string[],
  role: 'host' | 'guest' = 'host',
  width?: number,
  height?: number,
): Promise<Mounted> {
  const mounted = await mountRoom(width, height);
  mounted.store.enter(
    names.map((name): Partial<ParticipantState> => ({ name })),
    role,
  );
  await waitUntil(() => tiles(mounted.room).length === names.length, 'every tile shows');
  await settled(mounted.room);
  return mounted;
}

/** Waits until the tiles have rendered. */
export async function settled(room: MeetingRoom): Promise<void> {
  await Promise.all(tiles(room).map((tile) => tile.updateComplete));
}

export function part(host: Element | null | undefined, selector: string): HTMLElement | null {
  return host?.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
}

/** Finds an element that must be there. */
export function must(host: Element | null | undefined, selector: string): HTMLElement {
  const found = part(host, selector);
  if (!found) throw new Error(`${host?.localName ?? 'nothing'} has no ${selector}`);
  return found;
}

export function tiles(room: MeetingRoom): ParticipantTile[] {
  return [...(part(room, 'meeting-grid')?.shadowRoot?.querySelectorAll('participant-tile') ?? [])];
}

export function tile(room: MeetingRoom, name: string): ParticipantTile {
  const found = tiles(room).find((each) => part(each, `[role=group][aria-label="${name}"]`));
  if (!found) throw new Error(`No tile of ${name}`);
  return found;
}

/** The button that removes somebody; null where it is not offered. */
export const removeButton = (room: MeetingRoom, name: string): HTMLElement | null =>
  part(tile(room, name), `button[aria-label="Remove ${name}"]`);

export const confirmDialog = (room: MeetingRoom): HTMLElement | null =>
  part(part(room, 'meeting-confirm'), 'dialog[open]');

/** Waits for the question whether to remove, and answers it. */
export async function answer(room: MeetingRoom, words: 'Remove' | 'Cancel'): Promise<void> {
  await waitUntil(() => confirmDialog(room), 'the question comes');
  button(part(room, 'meeting-confirm'), words).click();
}

/** The button with these words. */
export function button(host: Element | null | undefined, words: string): HTMLElement {
  const all = host?.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [];
  const found = [...all].find(
    (each) => each.textContent?.trim() === words || each.getAttribute('aria-label') === words,
  );
  if (!found) throw new Error(`${host?.localName ?? 'nothing'} has no button ${words}`);
  return found;
}

/** The element that really has the focus, through shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

export function press(target: Element, key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...more,
  });
  target.dispatchEvent(event);
  return event;
}

/** Waits until everything that moves or fades in `root` has come to rest. */
export async function rest(root: Element): Promise<void> {
  const inside = [...(root.shadowRoot?.querySelectorAll('*') ?? [])];
  await standsStill(root);
  await Promise.all(inside.map(rest));
}

async function standsStill(element: Element): Promise<void> {
  await Promise.all(
    element
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
      .map(({ finished }) => finished.catch(() => undefined)),
  );
}

/** What is around an element, out of shadow trees, too. */
function around(element: Element): Element | undefined {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
}

/** Expects axe to find nothing, once everything is at rest. */
export async function expectAccessible(element: Element | null): Promise<void> {
  if (!element) throw new Error('There is no such element');
  // What is around it may fade in, too, and colours are seen through that.
  for (let each = around(element); each; each = around(each)) await standsStill(each);
  await rest(element);
  await assert.isAccessible(element);
}
