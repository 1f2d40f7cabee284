import { assert } from '@open-wc/testing';
import '../../src/define/meeting-chat.ts';
import type { ChatMessage } from '../../src/core/chat-state.ts';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { FileUploadRequestEvent } from '../../src/events/file-upload-request.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { RoomFile } from '../../src/protocol/file.ts';
import { button, expectAccessible, mountCall, must, part, waitUntil } from './harness.ts';

const max = { identity: 'p_1', name: 'Max', role: 'guest', person: 'person-1' } as const;
const FILE: RoomFile = {
  id: 'f_1',
  name: 'Kitchen plan.pdf',
  size: 184_300,
  type: 'application/pdf',
  preview: false,
  at: 1,
  by: max,
};
const message = (more: Partial<ChatMessage>): ChatMessage => ({
  ...{ id: 'm_1', seq: 1, at: Date.UTC(2026, 10, 25, 12), by: max, text: '', state: 'sent' },
  ...more,
});

const panel = (room: MeetingRoom): HTMLElement => must(part(room, 'meeting-panel'), 'meeting-chat');
const log = (room: MeetingRoom): HTMLElement => must(panel(room), 'meeting-messages');
const compose = (room: MeetingRoom): HTMLElement => must(panel(room), 'meeting-compose');
const init = { bubbles: true, composed: true, cancelable: true };

/** A call of three with the chat open, seen by the first. */
async function opened(messages: readonly ChatMessage[], role: 'host' | 'guest' = 'guest') {
  const mounted = await mountCall(['Ana', 'Max', 'Mia'], role);
  mounted.store.chat.value = { phase: 'known', messages, more: false };
  await mounted.room.openPanel('chat');
  await waitUntil(() => part(part(mounted.room, 'meeting-panel'), 'meeting-chat'));
  await waitUntil(() => part(compose(mounted.room), 'textarea'), 'the box shows');
  return mounted;
}

function transfer(...names: string[]): DataTransfer {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File(['What was said'], name));
  return data;
}

/** What was asked to be added. */
function asked(room: MeetingRoom): string[] {
  const names: string[] = [];
  room.addEventListener('file-upload-request', ({ files, inChat }: FileUploadRequestEvent) => {
    names.push(...files.map(({ name }) => `${name}${inChat ? ' in the chat' : ''}`));
  });
  return names;
}

describe('files in the chat', () => {
  it('stand in their message with name and size, to be seen and downloaded', async () => {
    const { room, store } = await opened([message({ file: FILE })], 'host');
    store.setFiles([FILE]);
    await waitUntil(() => store.called.includes('watchFiles'), 'the list is watched');
    const row = await waitUntil(() => part(log(room), 'meeting-file')).then(() =>
      must(log(room), 'meeting-file'),
    );
    await waitUntil(() => part(row, '.name'), 'the row shows');
    assert.include(row.shadowRoot?.textContent, '184 kB');
    await expectAccessible(panel(room));
    store.failures.set('openFile', new MeetingError('file-not-found', 'No such file.'));
    button(row, 'Download Kitchen plan.pdf').click();
    await waitUntil(() => part(panel(room), '.failed')?.textContent?.includes('file is gone'));
    button(row, 'View Kitchen plan.pdf').click();
    await waitUntil(() => store.called.includes('viewFile'), 'it is shown in place');
    const viewer = must(panel(room), 'meeting-file-view');
    await waitUntil(() => part(viewer, 'dialog[open]'), 'above everything');
    button(viewer, 'Close').click();
  });

  it('say that they were deleted, and leave the words', async () => {
    const { room, store } = await opened([message({ text: 'The plan', file: FILE })]);
    await waitUntil(() => part(log(room), 'meeting-file'));
    const gone = message({ text: 'The plan', file: { id: 'f_1', gone: true } });
    store.chat.value = { phase: 'known', messages: [gone], more: false };
    await waitUntil(() => part(log(room), '.gone'), 'it says so');
    assert.strictEqual(part(log(room), '.gone')?.textContent, 'This file was deleted');
    assert.strictEqual(part(log(room), '.words')?.textContent, 'The plan');
    assert.isNull(part(log(room), 'meeting-file'));
  });

  it('are dropped, pasted and picked', async () => {
    const { room, store } = await opened([]);
    const names = asked(room);
    const drag = (type: string): boolean =>
      panel(room).dispatchEvent(
        new DragEvent(type, { ...init, dataTransfer: transfer('dropped.txt') }),
      );
    assert.isFalse(drag('dragenter'), 'the browser does not open it');
    await waitUntil(() => part(panel(room), '.drop'), 'it says where to drop');
    drag('drop');
    await waitUntil(() => !part(panel(room), '.drop'));
    const box = must(compose(room), 'textarea');
    box.dispatchEvent(
      new ClipboardEvent('paste', { ...init, clipboardData: transfer('pasted.png') }),
    );
    const picker = must(compose(room), 'input[type=file]') as HTMLInputElement;
    picker.files = transfer('picked.txt').files;
    picker.dispatchEvent(new Event('change'));
    assert.deepEqual(names, [
      'dropped.txt in the chat',
      'pasted.png in the chat',
      'picked.txt in the chat',
    ]);
    await waitUntil(() => store.called.filter((name) => name === 'addFiles').length === 3);
    assert.deepEqual(store.calls.at(-1)?.[2], { inChat: true });
    // A table that brings a picture of itself along is text.
    const table = transfer('table.png');
    table.setData('text/plain', 'a b');
    const paste = new ClipboardEvent('paste', { ...init, clipboardData: table });
    assert.isTrue(box.dispatchEvent(paste));
    assert.lengthOf(names, 3);
  });

  it('show how far they have come', async () => {
    const { room, store } = await opened([]);
    const upload = { id: 'u1', name: 'plan.pdf', size: 200, sent: 100, phase: 'sending' } as const;
    store.uploads.value = [upload];
    const row = await waitUntil(() => part(panel(room), 'meeting-upload')).then(() =>
      must(panel(room), 'meeting-upload'),
    );
    await waitUntil(() => part(row, '[role=progressbar]')?.ariaValueNow === '50');
    await expectAccessible(panel(room));
    button(row, 'Cancel plan.pdf').click();
    await waitUntil(() => store.called.includes('cancelUpload'));
  });

  it('are for hosts in presenter mode, and never for one person alone; both say why', async () => {
    const { room, store } = await opened([]);
    const names = asked(room);
    const attach = button(compose(room), 'Send files');
    const dropFile = (): boolean =>
      panel(room).dispatchEvent(
        new DragEvent('drop', { ...init, dataTransfer: transfer('a.txt') }),
      );
    store.room.value = { name: 'acme', locked: false, presenterMode: true };
    await waitUntil(() => attach.ariaDescription === 'Only hosts present now');
    assert.isFalse(dropFile(), 'and the browser does not open it');
    await waitUntil(() => part(panel(room), '.failed')?.textContent === 'Only hosts present now');
    store.room.value = { name: 'acme', locked: false, presenterMode: false };
    await waitUntil(() => !attach.hasAttribute('aria-disabled'));
    const to = must(compose(room), 'select') as HTMLSelectElement;
    to.value = 'p_1';
    to.dispatchEvent(new Event('change', { bubbles: true }));
    await waitUntil(() => attach.ariaDescription?.startsWith('Files are for everyone'));
    dropFile();
    await waitUntil(() => part(panel(room), '.failed')?.textContent?.startsWith('Files are for'));
    assert.deepEqual(names, []);
    await expectAccessible(panel(room));
  });
});
