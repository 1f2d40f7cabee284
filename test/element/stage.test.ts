import { assert } from '@open-wc/testing';
import { arrange, move, pageSize } from '../../src/elements/meeting-grid/meeting-grid.model.ts';
import {
  expectAccessible,
  button,
  focused,
  mountCall,
  must,
  part,
  press,
  settled,
  tile,
  tiles,
  waitUntil,
} from './harness.ts';

const crowd = (count: number): string[] => Array.from({ length: count }, (_, i) => `Guest ${i}`);

describe('the stage', () => {
  it('puts two side by side where it is wide, and one above the other where it is narrow', () => {
    assert.strictEqual(arrange(2, 1440, 820).columns, 2);
    assert.strictEqual(arrange(2, 340, 560).columns, 1);
  });

  it('never has tiles beyond its box', () => {
    for (let count = 1; count <= 25; count += 1) {
      for (const [width, height] of [
        [300, 400],
        [900, 500],
        [3800, 2000],
        [320, 120],
      ] as const) {
        const { columns, rows, tileWidth, tileHeight } = arrange(count, width, height);
        assert.isAtMost(columns * tileWidth + (columns - 1) * 8, width);
        assert.isAtMost(rows * tileHeight + (rows - 1) * 8, height);
      }
    }
  });

  it('shows at most 25 on a page, and fewer where they would be too small', () => {
    assert.strictEqual(pageSize(500, 1400, 800), 25);
    assert.isBelow(pageSize(500, 300, 400), 10);
  });

  it('moves by arrow keys, mirrored from right to left', () => {
    assert.strictEqual(move('ArrowRight', 0, 5, 3, 'ltr'), 1);
    assert.strictEqual(move('ArrowRight', 1, 5, 3, 'rtl'), 0);
    assert.strictEqual(move('ArrowDown', 2, 5, 3, 'ltr'), 4);
    assert.strictEqual(move('ArrowUp', 0, 5, 3, 'ltr'), 0);
    assert.strictEqual(move('a', 0, 5, 3, 'ltr'), undefined);
  });

  it('is a list of groups that the keyboard walks, with one stop for Tab', async () => {
    const { room } = await mountCall(['Ana', 'Ben', 'Cem']);
    const stops = (): number =>
      tiles(room).filter((each) => part(each, '.frame')?.tabIndex === 0).length;
    assert.strictEqual(stops(), 1);
    tile(room, 'Ana').focus();
    press(focused() ?? room, 'End');
    await waitUntil(() => focused()?.getAttribute('aria-label') === 'Cem');
    await settled(room);
    assert.strictEqual(stops(), 1);
    press(focused() ?? room, 'Home');
    await waitUntil(() => focused()?.getAttribute('aria-label') === 'Ana');
    await expectAccessible(room);
  });

  it('shows a crowd by pages, with no scrollbars', async () => {
    const { room, store } = await mountCall(['Ana'], 'host', 360, 640);
    store.enter(crowd(30).map((name) => ({ name })));
    await waitUntil(() => part(part(room, 'meeting-grid'), '.pages'), 'pages come');
    const grid = part(room, 'meeting-grid');
    const first = tiles(room)[0]?.identity;
    button(grid, 'Next people').click();
    await waitUntil(() => tiles(room)[0]?.identity !== first, 'the page turns');
    const stage = must(grid, '.stage');
    assert.isAtMost(stage.scrollHeight, stage.clientHeight + 1);
    assert.isAtMost(stage.scrollWidth, stage.clientWidth + 1);
  });

  it('keeps within itself at 320 px', async () => {
    const { room } = await mountCall(['Ana', 'Ben', 'Cem'], 'host', 320, 480);
    const box = room.getBoundingClientRect();
    for (const each of [...tiles(room), must(room, 'meeting-controls')]) {
      const { left, right, bottom } = each.getBoundingClientRect();
      assert.isAtLeast(left, box.left);
      assert.isAtMost(right, box.right);
      assert.isAtMost(bottom, box.bottom);
    }
  });

  it('says who somebody is: oneself, a host, a muted guest', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.media('p_1').value = { microphone: 'on', speaking: true, quality: 'good' };
    await settled(room);
    assert.strictEqual(part(tile(room, 'Ana'), '.name')?.textContent?.trim(), 'You');
    assert.strictEqual(tile(room, 'Ana').matches(':state(host)'), true);
    assert.strictEqual(tile(room, 'Ana').matches(':state(muted)'), true);
    assert.strictEqual(tile(room, 'Ben').matches(':state(speaking)'), true);
    assert.strictEqual(tile(room, 'Ben').matches(':state(muted)'), false);
  });

  it('lets the page style whoever speaks, through the shell', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const style = document.createElement('style');
    style.textContent = 'meeting-room::part(participant):state(speaking) { opacity: 0.5 }';
    room.after(style);
    store.media('p_1').value = { microphone: 'on', speaking: true, quality: 'good' };
    await settled(room);
    assert.strictEqual(getComputedStyle(tile(room, 'Ben')).opacity, '0.5');
    assert.strictEqual(getComputedStyle(tile(room, 'Ana')).opacity, '1');
    style.remove();
  });

  it('renders one tile when one person speaks', async () => {
    const { room, store } = await mountCall(crowd(9));
    const rendered: string[] = [];
    for (const each of tiles(room)) {
      const update = each.requestUpdate.bind(each);
      each.requestUpdate = (...args: Parameters<typeof update>) => {
        rendered.push(each.identity);
        update(...args);
      };
    }
    store.media('p_4').value = { ...store.media('p_4').value, speaking: true };
    assert.deepEqual(rendered, ['p_4']);
  });

  it('costs at most 8 elements a tile', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const inside = tile(room, 'Ben').shadowRoot?.querySelectorAll(':not(style)').length ?? 99;
    assert.isAtMost(1 + inside, 8);
  });

  it('has whoever speaks large, and the others beside or below', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben', 'Cem', 'Dan'], 'host', 1000, 640);
    const width = (name: string): number => tile(room, name).getBoundingClientRect().width;
    const equal = width('Ben');
    room.layout = 'speaker';
    // Nobody has spoken: the first of the others.
    await waitUntil(() => width('Ben') > equal, 'Ben is large');
    const largest = (): string | undefined => {
      const all = tiles(room).toSorted((a, b) => b.clientWidth - a.clientWidth);
      return part(all[0], '.frame')?.ariaLabel ?? undefined;
    };
    const before = tiles(room);
    tile(room, 'Cem').focus();
    store.activeSpeaker.value = 'p_3';
    await waitUntil(() => largest() === 'Dan', 'Dan is large');
    assert.deepEqual(tiles(room), before, 'no tile is made anew, nor moved');
    assert.strictEqual(focused()?.ariaLabel, 'Cem');
    press(focused() ?? room, 'ArrowDown');
    await waitUntil(() => focused()?.ariaLabel === 'Dan', 'the keyboard reaches the large one');
    await Promise.all(
      tiles(room)
        .flatMap((each) => each.getAnimations())
        .map((a) => a.finished),
    );
    const boxes = tiles(room).map((each) => each.getBoundingClientRect());
    const stage = must(part(room, 'meeting-grid'), '.stage').getBoundingClientRect();
    for (const [index, box] of boxes.entries()) {
      assert.isTrue(box.left >= stage.left - 1 && box.right <= stage.right + 1);
      assert.isTrue(box.top >= stage.top - 1 && box.bottom <= stage.bottom + 1);
      for (const other of boxes.slice(index + 1)) {
        const beside = box.right <= other.left + 1 || other.right <= box.left + 1;
        const below = box.bottom <= other.top + 1 || other.bottom <= box.top + 1;
        assert.isTrue(beside || below, 'no tile lies on another');
      }
    }
    await expectAccessible(room);
    store.enter([{ name: 'Ana' }]);
    await waitUntil(() => tiles(room).length === 1 && width('Ana') > equal, 'alone, one is large');
  });

  it('turns pages below the one who speaks', async () => {
    const { room, store } = await mountCall(['Ana'], 'host', 360, 640);
    room.layout = 'speaker';
    store.enter(crowd(30).map((name) => ({ name })));
    const grid = part(room, 'meeting-grid');
    await waitUntil(() => part(grid, '.pages'), 'pages come');
    const names = (): (string | null | undefined)[] =>
      tiles(room).map((each) => part(each, '.frame')?.ariaLabel);
    const first = names();
    button(grid, 'Next people').click();
    await waitUntil(() => names().join() !== first.join(), 'the page turns');
    assert.deepEqual(
      names().filter((name) => first.includes(name)),
      ['Guest 1'],
      'only the large one is on both',
    );
    const stage = must(grid, '.stage');
    assert.isAtMost(stage.scrollHeight, stage.clientHeight + 1);
  });

  it('invites when somebody is alone', async () => {
    const { room } = await mountCall(['Ana']);
    const grid = part(room, 'meeting-grid');
    assert.include(part(grid, '.invitation h2')?.textContent, 'only one here');
    assert.isOk(button(grid, 'Copy link'));
    await expectAccessible(room);
  });
});
