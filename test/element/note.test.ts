import { assert } from '@open-wc/testing';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { expectAccessible, mountCall, must, part, waitUntil, type Mounted } from './harness.ts';

const panel = ({ room }: Mounted): HTMLElement =>
  must(must(room, 'meeting-panel'), 'meeting-people');
const note = (mounted: Mounted): HTMLElement => must(panel(mounted), 'meeting-note');
/** What the tab shows once it is there. */
const shows = (mounted: Mounted, selector: string): HTMLElement | null =>
  part(part(panel(mounted), 'meeting-note'), selector);
const box = (mounted: Mounted): HTMLTextAreaElement =>
  must(note(mounted), 'textarea') as HTMLTextAreaElement;
const words = (mounted: Mounted): string => note(mounted).shadowRoot?.textContent ?? '';
const written = ({ store }: Mounted): unknown[] =>
  store.calls.filter(([name]) => name === 'writeNote').map(([, one]) => one);

async function mountNote(text = ''): Promise<Mounted> {
  const mounted = await mountCall(['Ana', 'Max'], 'host', 1_200, 800);
  mounted.store.note = { text, version: 4 };
  await mounted.room.openPanel('people');
  await waitUntil(() => part(panel(mounted), '#note'), 'the tabs show');
  must(panel(mounted), '#note').click();
  await waitUntil(() => shows(mounted, 'textarea'), 'the notes are loaded');
  return mounted;
}

function type(mounted: Mounted, text: string): void {
  box(mounted).value = text;
  box(mounted).dispatchEvent(new Event('input', { bubbles: true }));
}

describe('a host’s own notes', () => {
  it('are shown, and saved as one writes and when one goes elsewhere', async () => {
    const mounted = await mountNote('Ask about the roof');
    assert.equal(box(mounted).value, 'Ask about the roof');
    await expectAccessible(note(mounted));
    type(mounted, 'Ask about the roof and the cellar');
    await waitUntil(() => words(mounted).includes('Saved'), 'it says that it is saved');
    assert.deepEqual(written(mounted), [{ text: 'Ask about the roof and the cellar', version: 4 }]);
    type(mounted, 'Done');
    must(panel(mounted), '#people').click();
    await waitUntil(() => written(mounted).length === 2, 'what was written last is saved');
    assert.deepEqual(written(mounted)[1], { text: 'Done', version: 5 });
  });

  it('are saved at once when the page goes, or is put behind', async () => {
    const mounted = await mountNote('Roof');
    type(mounted, 'Roof, cellar');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    assert.deepEqual(written(mounted), [{ text: 'Roof, cellar', version: 4 }]);
    // Typed while that is on its way: it goes behind it.
    type(mounted, 'Roof, cellar, door');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    assert.deepEqual(written(mounted)[1], { text: 'Roof, cellar, door', version: 5 });
  });

  it('stay where they are when saving fails, and are saved again', async () => {
    const mounted = await mountNote();
    mounted.store.failures.set('writeNote', new MeetingError('server-unreachable', ''));
    type(mounted, 'Roof');
    box(mounted).dispatchEvent(new Event('blur'));
    await waitUntil(() => words(mounted).includes('Not saved yet'), 'it says so');
    assert.equal(box(mounted).value, 'Roof');
    // Nor does a look at another part lose them.
    must(panel(mounted), '#people').click();
    await waitUntil(() => part(panel(mounted), 'meeting-people-list'), 'the people show');
    await waitUntil(() => !note(mounted).checkVisibility(), 'the notes do not');
    must(panel(mounted), '#note').click();
    await waitUntil(() => note(mounted).checkVisibility(), 'they show again');
    assert.equal(box(mounted).value, 'Roof');
    mounted.store.failures.delete('writeNote');
    must(note(mounted), 'button').click();
    await waitUntil(() => words(mounted).includes('Saved'), 'it is saved');
  });

  it('ask what to do about what another window wrote', async () => {
    const mounted = await mountNote('Here');
    const changed = new MeetingError('note-changed', '');
    mounted.store.failures.set('writeNote', changed);
    mounted.store.note = { text: 'There', version: 9 };
    type(mounted, 'Here and now');
    await waitUntil(() => words(mounted).includes('in another window'), 'it says so');
    await expectAccessible(note(mounted));
    mounted.store.failures.delete('writeNote');
    const [, keep] = note(mounted).shadowRoot?.querySelectorAll('button') ?? [];
    keep?.click();
    await waitUntil(() => words(mounted).includes('Saved'), 'it is kept');
    assert.deepEqual(written(mounted).at(-1), { text: 'Here and now', version: 9 });

    mounted.store.failures.set('writeNote', changed);
    mounted.store.note = { text: 'Elsewhere', version: 12 };
    type(mounted, 'Mine');
    await waitUntil(() => words(mounted).includes('in another window'), 'it says so again');
    must(note(mounted), 'button').click();
    await waitUntil(() => box(mounted).value === 'Elsewhere', 'the other text is shown');
  });

  it('can be loaded again when they did not load', async () => {
    const mounted = await mountCall(['Ana'], 'host', 1_200, 800);
    mounted.store.failures.set('readNote', new MeetingError('server-unreachable', ''));
    await mounted.room.openPanel('people');
    await waitUntil(() => part(panel(mounted), '#note'), 'the tabs show');
    must(panel(mounted), '#note').click();
    await waitUntil(() => shows(mounted, '[role=alert]'), 'it says so');
    assert.include(words(mounted), 'didn’t load');
    mounted.store.failures.delete('readNote');
    must(note(mounted), 'button').click();
    await waitUntil(() => shows(mounted, 'textarea'), 'they are there');
  });
});
