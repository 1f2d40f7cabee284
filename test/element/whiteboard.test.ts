import { assert } from '@open-wc/testing';
import '../../src/define/meeting-whiteboard.ts';
import type { WhiteboardCreateRequestEvent } from '../../src/events/whiteboard-create-request.ts';
import type { Whiteboard } from '../../src/protocol/whiteboard.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import {
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  waitUntil,
  type Mounted,
} from './harness.ts';

const ana = { identity: 'p_0', name: 'Ana', role: 'host', person: 'person-0' } as const;

const board = (name: string, more: Partial<Whiteboard> = {}): Whiteboard => ({
  ...{ id: `w_${name}`, name, locked: false, at: 1, by: ana, gen: 1 },
  ...more,
});

const panel = ({ room }: Mounted): HTMLElement =>
  must(must(room, 'meeting-panel'), 'meeting-whiteboard');
const paper = (mounted: Mounted): HTMLElement => must(panel(mounted), 'meeting-board');
const tool = (mounted: Mounted, name: string): HTMLElement =>
  must(paper(mounted), `button[aria-label="${name}"]`);
const area = (mounted: Mounted): HTMLElement => must(paper(mounted), '.imageEditorRenderArea');

/** A call with the whiteboards open, and the first of these on the stage. */
async function mountBoards(
  boards: readonly Whiteboard[],
  role: 'host' | 'guest' = 'host',
  width = 1_200,
): Promise<Mounted> {
  const mounted = await mountCall(['Ana', 'Max'], role, width, 800);
  mounted.store.setBoards(...boards);
  await mounted.room.openWhiteboard();
  await waitUntil(
    () => part(must(mounted.room, 'meeting-panel'), 'meeting-whiteboard'),
    'it shows',
  );
  if (boards.length > 0) {
    await waitUntil(() => part(paper(mounted), '[aria-label="Zoom in"]'), 'the board shows');
    await waitUntil(
      () => mounted.store.openedBoard?.board.state.value.phase === 'live',
      'it is read',
    );
    await waitUntil(
      () => part(paper(mounted), '.imageEditorRenderArea[aria-label]'),
      'it is drawn',
    );
  }
  return mounted;
}

/** A stroke by mouse over the middle of the paper. */
function draw(mounted: Mounted): void {
  const target = must(paper(mounted), '.imageEditorRenderArea canvas');
  const { left, top } = target.getBoundingClientRect();
  const send = (type: string, x: number, buttons: number): void => {
    const at = { clientX: left + x, clientY: top + 80 + x / 2 };
    const same = { bubbles: true, composed: true, cancelable: true, pointerId: 1, isPrimary: true };
    target.dispatchEvent(new PointerEvent(type, { ...same, ...at, buttons, pointerType: 'mouse' }));
  };
  send('pointerdown', 50, 1);
  for (let x = 60; x <= 200; x += 20) send('pointermove', x, 1);
  send('pointerup', 200, 0);
}

const items = ({ store }: Mounted): number => store.openedBoard?.board.items().size ?? -1;

describe('the whiteboards of a room', () => {
  it('offer a first one, and ask for it', async () => {
    const mounted = await mountBoards([]);
    const asked = new Promise<string>((resolve) =>
      mounted.room.addEventListener(
        'whiteboard-create-request',
        (event: WhiteboardCreateRequestEvent) => resolve(event.name),
        { once: true },
      ),
    );
    await waitUntil(() => part(panel(mounted), '.empty .add'), 'it is offered');
    await expectAccessible(panel(mounted));
    must(panel(mounted), '.add').click();
    assert.equal(await asked, 'Whiteboard 1');
    await waitUntil(() => mounted.store.called.includes('createWhiteboard'), 'it is made');
  });

  it('are tabs that arrow keys walk; locked ones say so', async () => {
    const mounted = await mountBoards([board('Kitchen'), board('Hall', { at: 2, locked: true })]);
    const tabs = [
      ...(panel(mounted).shadowRoot?.querySelectorAll<HTMLElement>('[role=tab]') ?? []),
    ];
    assert.equal(tabs.length, 2);
    assert.isOk(tabs[1]?.querySelector('[role=img][aria-label=locked]'));
    tabs[0]?.focus();
    press(tabs[0] as Element, 'ArrowRight');
    await waitUntil(() => tabs[1]?.getAttribute('aria-selected') === 'true', 'the next is chosen');
    assert.equal(focused(), tabs[1]);
    await expectAccessible(panel(mounted));
  });

  it('keep the people beside them as a strip, and stay inside of the room', async () => {
    for (const width of [360, 700, 1_400]) {
      const mounted = await mountBoards([board('Kitchen')], 'guest', width);
      const room = mounted.room.getBoundingClientRect();
      const shown = panel(mounted).getBoundingClientRect();
      assert.isAtMost(shown.right, room.right + 1, `${width}`);
      assert.isAtLeast(shown.width, Math.min(width, width * 0.7), `${width}`);
      const tools = must(paper(mounted), '.tools');
      assert.isAtMost(tools.scrollWidth, tools.clientWidth + 1, `${width}`);
      const { height } = area(mounted).getBoundingClientRect();
      assert.isAbove(height, 200, `${width}`);
      mounted.room.remove();
    }
  });
});

describe('a whiteboard', () => {
  it('is drawn on by its tools, and undone by keys', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    draw(mounted);
    await waitUntil(() => items(mounted) === 1, 'the stroke is there');
    await waitUntil(
      () => area(mounted).ariaLabel === 'Whiteboard Kitchen, 1 item',
      'it is counted',
    );
    press(area(mounted), 'z', { ctrlKey: true });
    await waitUntil(() => items(mounted) === 0, 'it is undone');
    press(area(mounted), 'z', { ctrlKey: true, shiftKey: true });
    await waitUntil(() => items(mounted) === 1, 'it is redone');
    await expectAccessible(paper(mounted));
  });

  it('chooses tools by number keys; the toolbar is one stop, walked by arrows', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    assert.equal(tool(mounted, 'Pen').ariaPressed, 'true');
    press(area(mounted), '4');
    await waitUntil(() => tool(mounted, 'Eraser').ariaPressed === 'true', 'the eraser is chosen');
    tool(mounted, 'Red').click();
    await waitUntil(() => tool(mounted, 'Pen').ariaPressed === 'true', 'a colour is for drawing');
    const stops = paper(mounted).shadowRoot?.querySelectorAll('.tools [tabindex="0"]');
    assert.equal(stops?.length, 1);
    const first = tool(mounted, 'Select and move');
    first.focus();
    press(first, 'ArrowRight');
    assert.equal(focused(), tool(mounted, 'Pen'));
    press(tool(mounted, 'Pen'), 'End');
    assert.equal(focused(), tool(mounted, 'Zoom in'));
  });

  it('shows what comes from others, and never what only claims to be a picture', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    draw(mounted);
    await waitUntil(() => items(mounted) === 1, 'the stroke is there');
    const other = mounted.store.serverBoard.open('p_1');
    await other.board.catchUp();
    const [stroke] = other.board.items().values();
    const src = 'https://example.com/tell-me-who-looks.png';
    const data = { src, width: 10, height: 10, transform: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
    other.board.change([
      { id: 'theirs', item: { ...stroke, zIndex: 9 } },
      { id: 'bad', item: { name: 'image-component', zIndex: 10, data } },
      { id: 'worse', item: { name: 'unknown-svg-object', zIndex: 11, data: '<script>' } },
    ]);
    await waitUntil(() => items(mounted) === 4, 'all of it is here');
    await waitUntil(() => must(paper(mounted), '.live').textContent === 'Max draws', 'it is said');
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    assert.notInclude(loaded, src);
    other.board.dispose();
  });

  it('is to look at alone for guests while it is locked, or hosts present', async () => {
    const mounted = await mountBoards([board('Kitchen', { locked: true })], 'guest');
    const note = (): string => part(paper(mounted), '.note')?.textContent ?? '';
    assert.include(note(), 'A host has locked this whiteboard');
    assert.isNull(part(paper(mounted), 'button[aria-label="Pen"]'));
    draw(mounted);
    mounted.store.setBoards(board('Kitchen'));
    await waitUntil(() => part(paper(mounted), 'button[aria-label="Pen"]'), 'it is unlocked');
    assert.equal(items(mounted), 0);
    const { room } = mounted.store;
    if (room.value) room.value = { ...room.value, presenterMode: true };
    await waitUntil(() => note().includes('presenter mode'), 'hosts present');
  });

  it('says when the line is lost, and when what was drawn was not taken', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    const { store } = mounted;
    const note = (): string => part(paper(mounted), '.note')?.textContent ?? '';
    assert.isOk(store.openedBoard);
    store.openedBoard?.board.reachable(false);
    await waitUntil(() => note().includes('Connection lost'), 'it says so');
    store.openedBoard?.board.reachable(true);
    store.serverBoard.refusal = new MeetingError('whiteboard-full', 'Full.');
    draw(mounted);
    await waitUntil(() => note().includes('could not be saved'), 'it says so');
    await waitUntil(() => items(mounted) === 0, 'it is gone');
  });

  it('is locked, cleared and deleted from its menu by hosts, after a question', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    const menu = must(panel(mounted), 'meeting-board-menu');
    const choose = async (title: string): Promise<void> => {
      must(menu, '.icon-button').click();
      await waitUntil(() => part(menu, '.menu'), 'the menu opens');
      const found = [...(menu.shadowRoot?.querySelectorAll<HTMLElement>('.item') ?? [])];
      found.find((item) => part0(item) === title)?.click();
    };
    const part0 = (item: HTMLElement): string =>
      item.querySelector('.title')?.textContent?.trim() ?? '';
    await choose('Lock');
    await waitUntil(() => mounted.store.called.includes('lockWhiteboard'), 'it is locked');
    for (const [title, act] of [
      ['Clear', 'clearWhiteboard'],
      ['Delete', 'deleteWhiteboard'],
    ] as const) {
      await choose(title);
      const confirm = part(mounted.room, 'meeting-confirm');
      await waitUntil(() => part(confirm, 'dialog[open]'), 'it is asked');
      assert.notInclude(mounted.store.called, act);
      button(confirm, title).click();
      await waitUntil(() => mounted.store.called.includes(act), 'it is done');
    }
  });

  it('can be left out', async () => {
    const mounted = await mountCall(['Ana'], 'host', 1_200, 800);
    mounted.room.withoutWhiteboard = true;
    await mounted.room.updateComplete;
    const failed = await mounted.room.openWhiteboard().catch((error: unknown) => error);
    assert.instanceOf(failed, RangeError);
  });
});
