import { assert } from '@open-wc/testing';
import '../../src/define/meeting-files.ts';
import type { UploadState } from '../../src/core/file-state.ts';
import { requestKey } from '../../src/core/state.ts';
import type { FileDeleteRequestEvent } from '../../src/events/file-delete-request.ts';
import type { FileUploadRequestEvent } from '../../src/events/file-upload-request.ts';
import type { RoomFile } from '../../src/protocol/file.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import {
  button,
  expectAccessible,
  focused,
  mountCall,
  must,
  part,
  press,
  type Mounted,
  waitUntil,
} from './harness.ts';

const max = { identity: 'p_1', name: 'Max', role: 'guest', person: 'person-1' } as const;
const me = { identity: 'p_0', name: 'Ana', role: 'guest', person: 'person-0' } as const;

function file(name: string, more: Partial<RoomFile> = {}): RoomFile {
  const id = `f_${name.padEnd(22, '0')}`;
  return { id, name, size: 2_400_000, type: 'text/plain', preview: false, at: 1, by: max, ...more };
}

const upload = (more: Partial<UploadState> = {}): UploadState => ({
  ...{ id: 'u1', name: 'film.mov', size: 1_000, sent: 250, phase: 'sending' },
  ...more,
});

/** A call with the panel open and these files in it. */
async function mountFiles(
  files: readonly RoomFile[],
  role: 'host' | 'guest' = 'guest',
  width = 1_200,
): Promise<Mounted> {
  const mounted = await mountCall(['Ana', 'Max'], role, width, 800);
  mounted.store.setFiles(files);
  await mounted.room.openPanel('files');
  await waitUntil(() => part(panel(mounted), 'footer'), 'the panel shows');
  await waitUntil(() => rows(mounted).length === files.length, 'every row shows');
  return mounted;
}

const panel = ({ room }: Mounted): HTMLElement =>
  must(must(room, 'meeting-panel'), 'meeting-files');
const rows = (mounted: Mounted): HTMLElement[] => [
  ...(panel(mounted).shadowRoot?.querySelectorAll<HTMLElement>('meeting-file') ?? []),
];
const row = (mounted: Mounted, index = 0): HTMLElement => {
  const found = rows(mounted)[index];
  if (!found) throw new Error(`No row ${index}`);
  return found;
};
const text = (of: Element | null): string => of?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

function transfer(...names: string[]): DataTransfer {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['x'], name));
  return data;
}

/** The names of what was asked to be uploaded next. */
function asked({ room }: Mounted): Promise<string[]> {
  return new Promise((resolve) => {
    const hear = (event: FileUploadRequestEvent): void =>
      resolve(event.files.map(({ name }) => name));
    room.addEventListener('file-upload-request', hear, { once: true });
  });
}

describe('the files of a room', () => {
  it('are watched while their panel is open', async () => {
    const mounted = await mountFiles([]);
    await waitUntil(() => mounted.store.fileWatchers === 1, 'they are watched');
    mounted.room.closePanel();
    await waitUntil(() => mounted.store.fileWatchers === 0, 'they are watched no more');
  });

  it('say what they are, how large, whose and from when; their ending stays in sight', async () => {
    const mounted = await mountFiles([
      file('plan.pdf', { type: 'application/pdf', at: Date.now(), by: me }),
      file('a-name-that-is-longer-than-any-panel-is-wide-so-that-it-is-cut-off.zip'),
    ]);
    const [first, second] = rows(mounted);
    assert.match(text(part(first, '.note')), /^2\.4 MB · You · \d+:\d\d/);
    assert.equal(part(first, '.face')?.getAttribute('aria-label'), 'PDF');
    const name = must(second, '.name');
    const ending = must(second, '.ending').getBoundingClientRect();
    assert.isAtMost(ending.right, name.getBoundingClientRect().right + 1);
    assert.isAbove(ending.width, 10);
  });

  it('abuse 56: are set apart from the text around, so that no name turns it around', async () => {
    const mounted = await mountFiles([file('ملاحظات.docx')]);
    assert.equal(must(row(mounted), '.name').localName, 'bdi');
    assert.equal(text(part(row(mounted), '.ending')), 'حظات.docx');
  });

  it('say so when there are none, while they load, and when they can not be had', async () => {
    const mounted = await mountFiles([]);
    assert.include(text(part(panel(mounted), '.empty')), 'No files yet');
    mounted.store.files.value = { phase: 'loading' };
    await waitUntil(() => part(panel(mounted), '[role=status]'), 'it says that they load');
    const error = new MeetingError('server-unreachable', '');
    mounted.store.files.value = { phase: 'failed', error };
    await waitUntil(() => part(panel(mounted), '[role=alert]'), 'it says that they failed');
  });

  it('are added by choosing, dropping and pasting', async () => {
    const mounted = await mountFiles([]);
    const picker = must(panel(mounted), 'input') as HTMLInputElement;
    let names = asked(mounted);
    picker.files = transfer('chosen.txt', 'two.txt').files;
    picker.dispatchEvent(new Event('change'));
    assert.deepEqual(await names, ['chosen.txt', 'two.txt']);

    const init = { bubbles: true, composed: true, cancelable: true };
    const drag = (type: string): boolean =>
      panel(mounted).dispatchEvent(
        new DragEvent(type, { ...init, dataTransfer: transfer('dropped.txt') }),
      );
    assert.isFalse(drag('dragenter'), 'the browser does not open it');
    await waitUntil(() => part(panel(mounted), '.drop'), 'it says where to drop');
    assert.isFalse(drag('dragover'));
    names = asked(mounted);
    assert.isFalse(drag('drop'));
    assert.deepEqual(await names, ['dropped.txt']);
    await waitUntil(() => !part(panel(mounted), '.drop'), 'it says so no more');

    names = asked(mounted);
    const clipboardData = transfer('pasted.png');
    document.body.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData }));
    assert.deepEqual(await names, ['pasted.png']);
    await waitUntil(() => mounted.store.calls.filter(([name]) => name === 'addFiles').length === 3);
  });

  it('are not added when the page says no', async () => {
    const mounted = await mountFiles([]);
    mounted.room.addEventListener('file-upload-request', (event) => event.preventDefault());
    const picker = must(panel(mounted), 'input') as HTMLInputElement;
    const names = asked(mounted);
    picker.files = transfer('a.txt').files;
    picker.dispatchEvent(new Event('change'));
    await names;
    await new Promise(requestAnimationFrame);
    assert.notInclude(mounted.store.called, 'addFiles');
  });

  it('on their way say how far they are, and can be cancelled and tried again', async () => {
    const mounted = await mountFiles([]);
    mounted.store.uploads.value = [upload()];
    const rowOf = (): HTMLElement | null => part(panel(mounted), 'meeting-upload');
    await waitUntil(() => part(rowOf(), '[role=progressbar]'), 'progress shows');
    const bar = must(rowOf(), '[role=progressbar]');
    assert.equal(bar.getAttribute('aria-valuenow'), '25');
    assert.equal(bar.getAttribute('aria-valuetext'), '25% · 250 bytes of 1 kB');
    mounted.store.uploads.value = [upload({ phase: 'paused' })];
    await waitUntil(() => text(part(rowOf(), '.note')).includes('goes on by itself'), 'paused');
    const error = new MeetingError('files-full', '');
    mounted.store.uploads.value = [upload({ phase: 'failed', error })];
    await waitUntil(() => part(rowOf(), '[role=alert]'), 'the failure shows');
    assert.include(text(part(rowOf(), '[role=alert]')), 'no more space for files');
    button(rowOf(), 'Try film.mov again').click();
    button(rowOf(), 'Cancel film.mov').click();
    assert.deepEqual(mounted.store.calls.slice(-2), [
      ['retryUpload', 'u1'],
      ['cancelUpload', 'u1'],
    ]);
    const large = new MeetingError('file-too-large', '');
    mounted.store.uploads.value = [upload({ phase: 'failed', error: large })];
    await waitUntil(() => !part(rowOf(), 'button[aria-label^=Try]'), 'no other try is offered');
  });

  it('are deleted by whose they are, and by hosts, once they have said so', async () => {
    const mounted = await mountFiles([file('mine.txt', { by: me }), file('max.txt')]);
    const labels = (index: number): (string | null)[] =>
      [...(row(mounted, index).shadowRoot?.querySelectorAll('button') ?? [])].map((each) =>
        each.getAttribute('aria-label'),
      );
    assert.deepEqual(labels(0), ['Download mine.txt', 'Delete mine.txt']);
    assert.deepEqual(labels(1), ['Download max.txt']);
    mounted.store.setRoleOf('p_0', 'host');
    await waitUntil(() => labels(1).includes('Delete max.txt'), 'hosts delete any');
    const heard = new Promise<FileDeleteRequestEvent>((resolve) =>
      mounted.room.addEventListener('file-delete-request', resolve, { once: true }),
    );
    button(row(mounted, 1), 'Delete max.txt').click();
    assert.equal((await heard).file.name, 'max.txt');
    const dialog = (): HTMLElement | null =>
      part(part(mounted.room, 'meeting-confirm'), 'dialog[open]');
    await waitUntil(dialog, 'the question comes');
    button(part(mounted.room, 'meeting-confirm'), 'Delete').click();
    await waitUntil(() => mounted.store.called.includes('deleteFile'), 'it is deleted');
    assert.deepEqual(mounted.store.calls.at(-1), ['deleteFile', file('max.txt').id]);
  });

  it('that are being deleted look so, and are not deleted twice', async () => {
    const mounted = await mountFiles([file('mine.txt', { by: me })]);
    const { id } = file('mine.txt');
    mounted.store.requests.value = new Map([[requestKey('file-delete', id), { phase: 'pending' }]]);
    await waitUntil(() => part(row(mounted), '.going'), 'it looks so');
    let isAsked = false;
    mounted.room.addEventListener('file-delete-request', () => (isAsked = true));
    button(row(mounted), 'Delete mine.txt').click();
    assert.isFalse(isAsked);
  });

  it('hand the focus to the next when the one that had it is gone', async () => {
    const all = ['a.txt', 'b.txt', 'c.txt'].map((name) => file(name, { by: me }));
    const mounted = await mountFiles(all);
    button(row(mounted, 1), 'Delete b.txt').focus();
    mounted.store.setFiles(all.filter(({ name }) => name !== 'b.txt'));
    await waitUntil(
      () => focused()?.getAttribute('aria-label') === 'Download c.txt',
      'the next has the focus',
    );
  });

  it('are downloaded by a link that is asked for on the click', async () => {
    const mounted = await mountFiles([file('notes.txt')]);
    const followed: HTMLAnchorElement[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function follow() {
      followed.push(this);
    };
    try {
      mounted.store.opened = { url: 'https://elsewhere.example/f?link=x', until: 0 };
      button(row(mounted), 'Download notes.txt').click();
      await waitUntil(() => followed.length === 1, 'the link is followed');
      assert.equal(followed[0]?.target, '_blank', 'the call is not left for another origin');
      mounted.store.opened = { url: `${location.origin}/f?link=x`, until: 0 };
      button(row(mounted), 'Download notes.txt').click();
      await waitUntil(() => followed.length === 2, 'the link is followed');
      assert.isTrue(followed[1]?.hasAttribute('download'));
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    mounted.store.failures.set('openFile', new MeetingError('file-not-found', ''));
    button(row(mounted), 'Download notes.txt').click();
    await waitUntil(() => part(panel(mounted), '.failure'), 'it says that it did not start');
  });

  it('show a small picture of what has one, fetched when it is in sight', async () => {
    const shown = file('photo.png', { type: 'image/png', preview: true });
    const mounted = await mountFiles([shown]);
    // The room is higher than the page, which may be scrolled past the row.
    row(mounted).scrollIntoView();
    await waitUntil(() => part(row(mounted), '.face img'), 'the picture is there');
    assert.deepInclude(mounted.store.calls, ['filePreview', shown.id]);
  });

  it('are viewed in place when they are pictures or PDFs of a bearable size', async () => {
    const image = { width: 800, height: 600 };
    const photo = file('photo.png', { type: 'image/png', image });
    const bomb = file('bomb.png', { type: 'image/png', image: { width: 65_000, height: 65_000 } });
    const mounted = await mountFiles([photo, bomb, file('page.html')]);
    const views = rows(mounted).map((each) => part(each, '.view') !== null);
    assert.deepEqual(views, [true, false, false], 'abuse 53: what would be too large is not');
    const canvas = new OffscreenCanvas(80, 60);
    canvas.getContext('2d')?.fillRect(0, 0, 80, 60);
    mounted.store.blobs.set(photo.id, await canvas.convertToBlob());
    button(row(mounted), 'View photo.png').click();
    const viewer = (): HTMLElement => must(panel(mounted), 'meeting-file-view');
    await waitUntil(() => part(viewer(), 'dialog[open] img'), 'it shows');
    assert.match(part(viewer(), 'img')?.getAttribute('src') ?? '', /^blob:/);
    await expectAccessible(viewer());
    press(must(viewer(), 'img'), 'Escape');
    await new Promise(requestAnimationFrame);
    assert.exists(part(panel(mounted), 'footer'), 'Escape is the dialog’s, not the panel’s');
    assert.equal(mounted.room.panel, 'files');
    mounted.store.setFiles([bomb]);
    await waitUntil(() => !part(viewer(), 'dialog'), 'what is deleted is seen no more');
  });

  it('say that a file can not be shown when it can not', async () => {
    const mounted = await mountFiles([file('plan.pdf', { type: 'application/pdf' })]);
    mounted.store.failures.set('viewFile', new MeetingError('server-unreachable', ''));
    button(row(mounted), 'View plan.pdf').click();
    const viewer = must(panel(mounted), 'meeting-file-view');
    await waitUntil(() => part(viewer, '[role=alert]'), 'it says so');
  });

  for (const [width, name] of [
    [1_200, 'beside the call'],
    [360, 'as a sheet'],
  ] as const) {
    it(`have no fault that axe finds, ${name}`, async () => {
      const mounted = await mountFiles(
        [file('plan.pdf', { type: 'application/pdf' }), file('b.zip', { by: me })],
        'host',
        width,
      );
      const error = new MeetingError('files-full', '');
      mounted.store.uploads.value = [upload(), upload({ id: 'u2', phase: 'failed', error })];
      await waitUntil(() => part(panel(mounted), 'meeting-upload'), 'uploads show');
      await expectAccessible(mounted.room);
      mounted.store.setFiles([]);
      mounted.store.uploads.value = [];
      await waitUntil(() => part(panel(mounted), '.empty'), 'nothing is left');
      await expectAccessible(mounted.room);
    });
  }
});
