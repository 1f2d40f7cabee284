import { assert } from '@open-wc/testing';
import '../../src/define/meeting-whiteboard.ts';
import type { WhiteboardCreateRequestEvent } from '../../src/events/whiteboard-create-request.ts';
import type { Whiteboard } from '../../src/protocol/whiteboard.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { fakePdf } from '../fakes/fake-pdf.ts';
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
function draw(
  mounted: Mounted,
  from: readonly [number, number] = [50, 105],
  to: readonly [number, number] = [200, 180],
): void {
  const target = must(paper(mounted), '.imageEditorRenderArea canvas');
  const { left, top } = target.getBoundingClientRect();
  const send = (type: string, part: number, buttons: number): void => {
    const at = {
      clientX: left + from[0] + (to[0] - from[0]) * part,
      clientY: top + from[1] + (to[1] - from[1]) * part,
    };
    const same = { bubbles: true, composed: true, cancelable: true, pointerId: 1, isPrimary: true };
    target.dispatchEvent(new PointerEvent(type, { ...same, ...at, buttons, pointerType: 'mouse' }));
  };
  send('pointerdown', 0, 1);
  for (let step = 1; step <= 8; step += 1) send('pointermove', step / 8, 1);
  send('pointerup', 1, 0);
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
      if (width > 360) assert.isAtMost(tools.scrollWidth, tools.clientWidth + 1, `${width}`);
      else {
        // One row, in which undo stays in sight.
        assert.isAtMost(tools.getBoundingClientRect().height, 60);
        const undo = tool(mounted, 'Undo').getBoundingClientRect();
        assert.isAtMost(undo.right, tools.getBoundingClientRect().right);
        tool(mounted, 'Zoom in').focus();
        const seen = tool(mounted, 'Zoom in').getBoundingClientRect();
        assert.isAtMost(seen.right, undo.left + 1);
      }
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
    assert.equal(focused(), tool(mounted, 'Redo'));
  });

  it('leaves nothing that listens on the page when it is closed', async () => {
    const added: string[] = [];
    const add = document.addEventListener.bind(document);
    document.addEventListener = (...[type, listener, options]: Parameters<typeof add>): void => {
      add(type, listener, options);
      if (type === 'copy' || type === 'paste') {
        const { signal } = options as AddEventListenerOptions;
        added.push(type);
        signal?.addEventListener('abort', () => added.splice(added.indexOf(type), 1));
      }
    };
    try {
      const mounted = await mountBoards([board('Kitchen')]);
      mounted.room.remove();
    } finally {
      Reflect.deleteProperty(document, 'addEventListener');
    }
    assert.deepEqual(added, []);
  });

  it('draws ellipses into their box, and circles where that is almost a square', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    press(area(mounted), '8');
    await waitUntil(() => tool(mounted, 'Ellipse').ariaPressed === 'true', 'it is chosen');
    const sides: [number, number][] = [];
    for (const [width, height] of [
      [200, 90],
      [100, 94],
    ] as const) {
      const before = new Set(mounted.store.openedBoard?.board.items().keys());
      draw(mounted, [60, 60], [60 + width, 60 + height]);
      await waitUntil(() => items(mounted) === before.size + 1, 'it is there');
      const all = [...(mounted.store.openedBoard?.board.items() ?? [])];
      const data = all.find(([id]) => !before.has(id))?.[1]['data'];
      const path = (data as [{ path: string }])[0].path;
      const probe = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      probe.setAttribute('d', path);
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.append(probe);
      document.body.append(svg);
      const box = probe.getBBox();
      svg.remove();
      assert.match(path, /^M.*C/i);
      sides.push([box.width, box.height]);
    }
    const [[wide, flat], [one, other]] = sides as [[number, number], [number, number]];
    assert.closeTo(wide / flat, 200 / 90, 0.1);
    assert.closeTo(one, other, 0.5);
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

  it('abuse 54: outlives numbers that are none, or beyond all measure, and paths that are huge', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    draw(mounted);
    await waitUntil(() => items(mounted) === 1, 'the stroke is there');
    const own = mounted.store.openedBoard?.board;
    const [stroke] = own?.items().values() ?? [];
    const drawn = JSON.stringify(stroke);
    const other = mounted.store.serverBoard.open('p_1');
    await other.board.catchUp();
    const style = { renderingStyle: { fill: '#000000ff' }, size: 20, fontFamily: 'sans-serif' };
    const text = (transform: number[], size = 20) => ({
      ...{ name: 'text', zIndex: 1 },
      data: { textObjects: [{ text: 'x' }], transform, style: { ...style, size } },
    });
    const path = (d: string) => ({
      ...{ name: 'stroke', zIndex: 2 },
      data: [{ style: { fill: '#000000ff' }, path: d }],
    });
    const zigzag = Array.from({ length: 20_000 }, (_, n) => `L${n % 97},${n % 89}`).join('');
    const hostile = [
      text([Number.NaN, 0, 0, 0, 1, 0, 0, 0, 1]),
      text([1, 0, 1e308, 0, 1, -1e308, 0, 0, 1]),
      text([1, 0, 0, 0, 1, 0, 0, 0, 1], 1e308),
      text([0, 0, 0, 0, 0, 0, 0, 0, 0]),
      path('M0,0L1e308,1e308'),
      path('MNaN,NaNL1,1'),
      path(`M0,0${zigzag}`),
    ];
    other.board.change(hostile.map((item, n) => ({ id: `hostile-${n}`, item })));
    await waitUntil(() => items(mounted) === 1 + hostile.length, 'all of it is here');
    const start = performance.now();
    press(area(mounted), 'Home');
    await new Promise(requestAnimationFrame);
    draw(mounted);
    await waitUntil(() => items(mounted) === 2 + hostile.length, 'one still draws');
    assert.isBelow(performance.now() - start, 2_000, 'and it does not stand still');
    const added = [...(own?.items() ?? [])].find(
      ([id]) => !id.startsWith('hostile') && JSON.stringify(own?.items().get(id)) !== drawn,
    );
    assert.notMatch(JSON.stringify(added), /null|NaN|Infinity|e\+\d/);
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
    assert.include(note(), 'This whiteboard is full. Erasing makes no room: a host can clear it');
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

  it('asks which pages of a PDF shall be on it, ten at most', async () => {
    const mounted = await mountBoards([board('Kitchen')]);
    mounted.store.setFiles([
      {
        ...{ id: 'f_1', name: 'plan.pdf', size: 900, type: 'application/pdf' },
        ...{ preview: false, at: 1, by: ana },
      },
    ]);
    mounted.store.blobs.set('f_1', new Blob([fakePdf(12)]));
    tool(mounted, 'Add PDF pages').click();
    const dialog = must(paper(mounted), 'meeting-board-pdf');
    await waitUntil(() => part(dialog, '.files button'), 'the room’s PDF is offered');
    await expectAccessible(dialog);
    must(dialog, '.files button').click();
    const pages = (): HTMLInputElement[] => [
      ...(dialog.shadowRoot?.querySelectorAll<HTMLInputElement>('.pages input') ?? []),
    ];
    await waitUntil(() => pages().length === 12, 'its pages are shown');
    await waitUntil(
      () => dialog.shadowRoot?.querySelectorAll('.sheet canvas').length === 12,
      'and drawn',
    );
    await expectAccessible(dialog);
    for (const page of pages().slice(0, 10)) page.click();
    await waitUntil(() => pages()[11]?.disabled, 'no more than ten');
    for (const page of pages().slice(2, 10)) page.click();
    await waitUntil(() => !pages()[11]?.disabled, 'some again');
    button(dialog, 'Add 2 pages').click();
    await waitUntil(() => items(mounted) === 2, 'they are there');
    for (const item of mounted.store.openedBoard?.board.items().values() ?? []) {
      assert.isTrue(item['fixed']);
    }
    tool(mounted, 'Remove PDF pages').click();
    await waitUntil(() => items(mounted) === 0, 'they are gone');
    await waitUntil(() => !part(paper(mounted), '[aria-label="Remove PDF pages"]'), 'all of them');
  });

  it('can be left out', async () => {
    const mounted = await mountCall(['Ana'], 'host', 1_200, 800);
    mounted.room.withoutWhiteboard = true;
    await mounted.room.updateComplete;
    const failed = await mounted.room.openWhiteboard().catch((error: unknown) => error);
    assert.instanceOf(failed, RangeError);
  });
});
