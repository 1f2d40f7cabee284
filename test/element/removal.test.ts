import { assert } from '@open-wc/testing';
import { ParticipantRemoveRequestEvent } from '../../src/events/participant-remove-request.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import { requestKey } from '../../src/core/state.ts';
import {
  expectAccessible,
  answer,
  button,
  confirmDialog,
  focused,
  mountCall,
  part,
  press,
  removeButton,
  settled,
  tile,
  tiles,
  waitUntil,
} from './harness.ts';

describe('removing somebody', () => {
  it('is offered to hosts for everybody but themselves', async () => {
    const { room } = await mountCall(['Ana', 'Ben', 'Cem']);
    assert.isOk(removeButton(room, 'Ben'));
    assert.isOk(removeButton(room, 'Cem'));
    assert.strictEqual(removeButton(room, 'Ana') === null, true);
  });

  it('is never offered to guests', async () => {
    const { room } = await mountCall(['Ana', 'Ben'], 'guest');
    assert.strictEqual(removeButton(room, 'Ben') === null, true);
    const asked: Event[] = [];
    room.addEventListener('participant-remove-request', (event) => asked.push(event));
    press(tile(room, 'Ben'), 'Delete');
    tile(room, 'Ben').askToRemove();
    assert.lengthOf(asked, 0);
  });

  it('asks, removes, and offers to let them back in', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    removeButton(room, 'Ben')?.click();
    await waitUntil(() => confirmDialog(room), 'the question comes');
    assert.strictEqual(
      confirmDialog(room)?.querySelector('h2')?.textContent,
      'Remove Ben from the meeting?',
    );
    assert.strictEqual(confirmDialog(room)?.getAttribute('role'), 'alertdialog');
    assert.strictEqual(focused()?.textContent?.trim(), 'Cancel');
    await expectAccessible(part(room, 'meeting-confirm'));
    await answer(room, 'Remove');
    await waitUntil(() => store.called.includes('removeParticipant'));
    assert.deepEqual(store.calls.at(-1), ['removeParticipant', 'p_1', {}]);
    const toasts = part(room, 'meeting-toasts');
    await waitUntil(() => part(toasts, '.toast'), 'the toast comes');
    assert.strictEqual(part(toasts, '.title')?.textContent, 'Ben was removed');
    await expectAccessible(toasts);
    button(toasts, 'Let back in').click();
    await waitUntil(() => store.called.includes('restoreParticipant'));
    assert.deepEqual(store.calls.at(-1), ['restoreParticipant', 'p_1']);
  });

  it('takes a note along, and keeps them out for good when that is ticked', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    removeButton(room, 'Ben')?.click();
    await waitUntil(() => confirmDialog(room), 'the question comes');
    const dialog = confirmDialog(room);
    const note = dialog?.querySelector('textarea');
    const block = dialog?.querySelector<HTMLInputElement>('input[type=checkbox]');
    if (!note || !block) throw new Error('Nothing to write or tick');
    assert.strictEqual(note.labels[0]?.textContent?.trim(), 'Message to Ben (optional)');
    assert.strictEqual(note.maxLength, 500);
    assert.strictEqual(block.labels?.[0]?.textContent, 'Don’t let them back in');
    assert.strictEqual(focused()?.textContent?.trim(), 'Cancel');
    note.value = '  See you tomorrow ';
    block.click();
    await answer(room, 'Remove');
    await waitUntil(() => store.called.includes('removeParticipant'));
    assert.deepEqual(store.calls.at(-1), [
      'removeParticipant',
      'p_1',
      { note: 'See you tomorrow', block: true },
    ]);
    // The next question starts afresh.
    removeButton(room, 'Ben')?.click();
    await waitUntil(() => confirmDialog(room), 'the next question comes');
    assert.strictEqual(note.value, '');
    assert.strictEqual(block.checked, false);
    await answer(room, 'Cancel');
  });

  it('says when it closed the link, and when LiveKit has yet to follow', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.removal = { seq: 1, settled: false, locked: true };
    removeButton(room, 'Ben')?.click();
    await answer(room, 'Remove');
    const toasts = part(room, 'meeting-toasts');
    await waitUntil(() => part(toasts, '.detail'), 'the toast comes');
    assert.include(part(toasts, '.detail')?.textContent, 'now asks people to knock');
    assert.include(part(toasts, '.detail')?.textContent, 'media server');
  });

  it('tells what went wrong', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.failures.set('removeParticipant', new MeetingError('server-unreachable', 'raw words'));
    removeButton(room, 'Ben')?.click();
    await answer(room, 'Remove');
    const toasts = part(room, 'meeting-toasts');
    await waitUntil(() => part(toasts, '.toast'), 'the toast comes');
    assert.strictEqual(part(toasts, '.title')?.textContent, 'Ben wasn’t removed');
    assert.notInclude(part(toasts, '.toast')?.textContent, 'raw words');
    assert.include(part(toasts, '[role=alert]')?.textContent, 'wasn’t removed');
    const dismiss = button(toasts, 'Dismiss');
    dismiss.focus();
    dismiss.click();
    await waitUntil(() => !part(toasts, '.toast'), 'it goes');
    assert.isTrue(room.matches(':focus-within'), 'keys are still heard in the room');
  });

  it('is stopped by preventDefault(), anywhere on the way', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    const seen: string[] = [];
    const veto = (event: ParticipantRemoveRequestEvent): void => {
      seen.push(event.participant.name);
      event.preventDefault();
    };
    document.addEventListener('participant-remove-request', veto);
    removeButton(room, 'Ben')?.click();
    document.removeEventListener('participant-remove-request', veto);
    // The next one is asked, so the first would have been by now.
    const other = new ParticipantRemoveRequestEvent({
      identity: 'p_9',
      name: 'Zoe',
      role: 'guest',
      person: 'z',
    });
    room.dispatchEvent(other);
    await waitUntil(() => confirmDialog(room), 'the second question comes');
    assert.include(confirmDialog(room)?.querySelector('h2')?.textContent, 'Zoe');
    await answer(room, 'Cancel');
    assert.deepEqual(seen, ['Ben']);
    assert.notInclude(store.called, 'removeParticipant');
  });

  it('gives the focus back after Cancel, Escape and a click outside', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    for (const close of [
      () => answer(room, 'Cancel'),
      async () => (confirmDialog(room) as HTMLDialogElement).requestClose(),
      async () => {
        const at = { bubbles: true, clientX: 1, clientY: 1 };
        confirmDialog(room)?.dispatchEvent(new MouseEvent('click', at));
      },
    ]) {
      const remove = removeButton(room, 'Ben');
      remove?.focus();
      remove?.click();
      await waitUntil(() => confirmDialog(room), 'the question comes');
      await close();
      await waitUntil(() => confirmDialog(room) === null, 'the question goes');
      assert.strictEqual(focused() === remove, true);
    }
    assert.notInclude(store.called, 'removeParticipant');
  });

  it('moves the focus to the next tile when the tile goes', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben', 'Cem']);
    removeButton(room, 'Ben')?.focus();
    store.gone('p_1');
    await waitUntil(() => tiles(room).length === 2);
    await waitUntil(() => focused()?.getAttribute('aria-label') === 'Cem', 'Cem has the focus');
  });

  it('shows that it is on its way, and is not asked twice', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.requests.value = new Map([
      [requestKey('participant-remove', 'p_1'), { phase: 'pending' }],
    ]);
    await settled(room);
    assert.strictEqual(tile(room, 'Ben').matches(':state(removing)'), true);
    assert.strictEqual(removeButton(room, 'Ben')?.getAttribute('aria-disabled'), 'true');
    const asked: Event[] = [];
    room.addEventListener('participant-remove-request', (event) => asked.push(event));
    removeButton(room, 'Ben')?.click();
    assert.lengthOf(asked, 0);
  });

  it('is asked for by Delete on a focused tile', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    tile(room, 'Ben').focus();
    press(focused() ?? room, 'Delete');
    await answer(room, 'Cancel');
  });

  for (const [how, key] of [
    ['menu key', { key: 'ContextMenu' }],
    ['Shift+F10', { key: 'F10', shiftKey: true }],
  ] as const) {
    it(`is revealed by ${how}, and hidden by Escape`, async () => {
      const { room } = await mountCall(['Ana', 'Ben']);
      const ben = tile(room, 'Ben');
      ben.focus();
      press(focused() ?? room, key.key, key);
      assert.strictEqual(ben.matches(':state(open)'), true);
      assert.strictEqual(focused() === removeButton(room, 'Ben'), true);
      press(focused() ?? room, 'Escape');
      assert.strictEqual(ben.matches(':state(open)'), false);
      assert.strictEqual(focused()?.getAttribute('role'), 'group');
    });
  }

  it('is revealed by a long press, not by a short one', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const ben = tile(room, 'Ben');
    const touch = (type: string): boolean =>
      ben.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', bubbles: true }));
    touch('pointerdown');
    touch('pointerup');
    touch('pointerdown');
    assert.strictEqual(ben.matches(':state(open)'), false);
    await waitUntil(() => ben.matches(':state(open)'), 'the press is long enough');
    assert.strictEqual(focused() === removeButton(room, 'Ben'), true);
  });

  it('is revealed by focus', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const remove = removeButton(room, 'Ben');
    if (!remove) throw new Error('not offered');
    assert.strictEqual(getComputedStyle(remove).opacity, '0');
    tile(room, 'Ben').focus();
    await waitUntil(() => getComputedStyle(remove).opacity === '1', 'it shows');
  });
});
