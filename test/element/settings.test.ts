import { assert } from '@open-wc/testing';
import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { RoomSettings } from '../../src/elements/room-settings/room-settings.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import {
  confirmDialog,
  expectAccessible,
  mountCall,
  mountRoom,
  must,
  part,
  press,
  waitUntil,
} from './harness.ts';

const settings = (room: MeetingRoom): RoomSettings => must(room, 'room-settings') as RoomSettings;
const dialog = (room: MeetingRoom): HTMLElement | null => part(settings(room), 'dialog[open]');
const section = (room: MeetingRoom, tag: string): HTMLElement => must(settings(room), tag);
const tabs = (room: MeetingRoom): HTMLElement[] => [
  ...(settings(room).shadowRoot?.querySelectorAll<HTMLElement>('[role=tab]') ?? []),
];
const tab = (room: MeetingRoom, name: string): HTMLElement => {
  const found = tabs(room).find((each) => each.textContent?.trim() === name);
  if (!found) throw new Error(`No tab ${name}`);
  return found;
};
const box = (room: MeetingRoom, name: string): HTMLInputElement =>
  must(section(room, 'meeting-reset'), `input[name="${name}"]`) as HTMLInputElement;
const resetButton = (room: MeetingRoom): HTMLButtonElement =>
  must(section(room, 'meeting-reset'), '[part=reset-button]') as HTMLButtonElement;
const said = (room: MeetingRoom): string =>
  section(room, 'meeting-reset').shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';

const RECEIPT = {
  startedAt: 1,
  finishedAt: 2,
  people: 0,
  parts: [{ part: 'access' as const, count: 3 }],
};

/** The reset section of a call with counts. */
async function mountReset(names: readonly string[] = ['Ana', 'Ben', 'Cem']) {
  const mounted = await mountCall(names);
  const { room, store } = mounted;
  store.resetPreview = {
    seq: 1,
    people: names.length,
    parts: [
      { part: 'access', count: 3 },
      { part: 'activity', count: 1284 },
    ],
    ...{ restorable: [], keptFor: 0 },
  };
  await room.openSettings('reset');
  await waitUntil(() => said(room).includes('1,284 entries'), 'it is counted');
  return mounted;
}

async function tick(room: MeetingRoom, name: string): Promise<void> {
  box(room, name).click();
  await waitUntil(() => !resetButton(room).disabled, 'the button knows');
}

const asked = (store: FakeStore, name: string) => store.calls.find(([call]) => call === name);

// What devices somebody wants outlives a page, and so a test.
beforeEach(() => sessionStorage.clear());

describe('the settings', () => {
  it('open from the bar, at any section by method, and give the focus back', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    const button = must(part(room, 'meeting-controls'), '[data-stop=settings]');
    assert.strictEqual(button.getAttribute('aria-label'), 'Settings');
    assert.strictEqual(button.getAttribute('aria-haspopup'), 'dialog');
    button.focus();
    button.click();
    await waitUntil(() => dialog(room), 'it opens');
    assert.strictEqual(
      must(dialog(room)?.getRootNode() instanceof ShadowRoot ? settings(room) : null, '#title')
        .textContent,
      'Settings',
    );
    await expectAccessible(room);
    settings(room).close();
    await waitUntil(() => part(room, 'meeting-controls')?.shadowRoot?.activeElement === button);
    await room.openSettings('look');
    assert.strictEqual(tab(room, 'Language and view').ariaSelected, 'true');
    await room.openSettings('reset');
    assert.strictEqual(tab(room, 'Reset meeting room').ariaSelected, 'true');
    assert.strictEqual(tabs(room).at(-1) === tab(room, 'Reset meeting room'), true);
  });

  it('choose how the stage is laid out', async () => {
    const { room } = await mountCall(['Ana', 'Ben']);
    await room.openSettings('look');
    const radio = (value: string) => part(settings(room), `input[name=layout][value=${value}]`);
    await waitUntil(() => radio('grid')?.matches(':checked'), 'the grid is chosen');
    radio('speaker')?.click();
    await waitUntil(() => room.layout === 'speaker');
    assert.strictEqual(room.getAttribute('layout'), 'speaker');
  });

  it('can be vetoed, and left out', async () => {
    const { room } = await mountCall(['Ana']);
    room.addEventListener('panel-request', (event) => event.preventDefault(), { once: true });
    must(part(room, 'meeting-controls'), '[data-stop=settings]').click();
    await room.updateComplete;
    assert.isNull(dialog(room));
    room.withoutSettings = true;
    await waitUntil(() => !part(part(room, 'meeting-controls'), '[data-stop=settings]'));
  });

  it('are walked through by arrow keys', async () => {
    const { room } = await mountCall(['Ana']);
    await room.openSettings();
    await waitUntil(
      () => settings(room).shadowRoot?.activeElement === tab(room, 'Audio and video'),
    );
    press(tab(room, 'Audio and video'), 'ArrowLeft');
    await waitUntil(
      () => settings(room).shadowRoot?.activeElement === tab(room, 'Reset meeting room'),
    );
    press(tab(room, 'Reset meeting room'), 'Home');
    await waitUntil(
      () => settings(room).shadowRoot?.activeElement === tab(room, 'Audio and video'),
    );
  });

  it('have nothing for guests that is for hosts', async () => {
    const { room } = await mountCall(['Ana', 'Ben'], 'guest');
    await room.openSettings('reset');
    assert.deepEqual(
      tabs(room).map((each) => each.textContent?.trim()),
      ['Audio and video', 'People and links', 'Language and view'],
    );
    assert.strictEqual(tab(room, 'Audio and video').ariaSelected, 'true');
  });

  it('are there on the join screen, for devices and language', async () => {
    const { room } = await mountRoom();
    await room.openSettings();
    assert.deepEqual(
      tabs(room).map((each) => each.textContent?.trim()),
      ['Audio and video', 'Language and view'],
    );
  });

  it('go when the call is over', async () => {
    const { room, store } = await mountCall(['Ana']);
    await room.openSettings();
    store.connection.value = { phase: 'out', exit: { reason: 'reset', at: 1, next: 'knock' } };
    await waitUntil(() => !dialog(room), 'it closes');
  });

  it('change language and theme of this room at once', async () => {
    const { room } = await mountCall(['Ana']);
    await room.openSettings('look');
    await expectAccessible(room);
    const language = must(settings(room), 'select[name=language]') as HTMLSelectElement;
    assert.deepEqual(
      [...language.options].map(({ text }) => text),
      ['English', 'Deutsch'],
    );
    language.value = 'de';
    language.dispatchEvent(new Event('change', { bubbles: true }));
    await waitUntil(() => must(settings(room), '#title').textContent === 'Einstellungen');
    must(settings(room), 'input[value=light]').click();
    await room.updateComplete;
    assert.strictEqual(room.theme, 'light');
  });

  it('say whether the link asks people to knock and who presents, and lead to the people', async () => {
    const { room, store } = await mountCall(['Ana']);
    await room.openSettings('room');
    await expectAccessible(room);
    const lock = must(settings(room), '#knock') as HTMLInputElement;
    assert.isFalse(lock.checked);
    lock.click();
    await waitUntil(() => asked(store, 'setLocked'), 'it is asked for');
    assert.isFalse(lock.checked, 'not before it is true');
    must(settings(room), '#presenter').click();
    await waitUntil(() => asked(store, 'setPresenterMode'), 'presenter mode is asked for');
    assert.deepEqual(asked(store, 'setPresenterMode'), ['setPresenterMode', true]);
    await room.openSettings('people');
    await expectAccessible(room);
    [...(settings(room).shadowRoot?.querySelectorAll('button') ?? [])]
      .find(({ textContent }) => textContent?.trim() === 'Show people')
      ?.click();
    await waitUntil(() => room.panel === 'people' && !dialog(room), 'the panel opens');
  });

  it('show what happened', async () => {
    const { room, store } = await mountCall(['Ana']);
    const by = { kind: 'server' } as const;
    const event = { type: 'room-unlocked', id: 'e9', seq: 9, at: 9, room: 'acme', by } as const;
    store.activities = [{ events: [event], more: false }];
    await room.openSettings('activity');
    await waitUntil(() => part(section(room, 'meeting-activity'), 'li'), 'it is shown');
    await expectAccessible(room);
  });
});

describe('devices in the settings', () => {
  it('are chosen from what there is, and followed while they are shown', async () => {
    const { room, store } = await mountCall(['Ana']);
    await room.openSettings('devices');
    await waitUntil(() => store.called.includes('watchDevices'), 'they are watched');
    store.deviceList.value = {
      cameras: [
        { id: 'c1', label: 'One' },
        { id: 'c2', label: '' },
      ],
      microphones: [],
      speakers: [{ id: 's1', label: 'Loud' }],
    };
    const camera = () =>
      must(section(room, 'meeting-device-settings'), 'select[name=camera]') as HTMLSelectElement;
    await waitUntil(() => camera().options.length === 3, 'they are listed');
    assert.deepEqual(
      [...camera().options].map(({ text }) => text),
      ['System default', 'One', 'Camera 2'],
    );
    await expectAccessible(room);
    camera().value = 'c2';
    camera().dispatchEvent(new Event('change', { bubbles: true }));
    await waitUntil(() => asked(store, 'chooseDevice'), 'it is taken');
    assert.deepEqual(asked(store, 'chooseDevice'), ['chooseDevice', 'camera', 'c2']);
    settings(room).close();
    await waitUntil(() => store.called.includes('unwatchDevices'), 'they are left alone');
    assert.isUndefined(store.level);
  });

  it('show how loud it is, and test the speaker', async () => {
    const { room, store } = await mountCall(['Ana']);
    await room.openSettings('devices');
    await waitUntil(() => store.level !== undefined, 'the level is followed');
    store.level?.(0.5);
    const meter = must(section(room, 'meeting-device-settings'), '[role=meter]');
    assert.strictEqual(meter.ariaValueNow, '50');
    assert.strictEqual(meter.querySelectorAll('.on').length, 7);
    must(section(room, 'meeting-device-settings'), '.test button').click();
    await waitUntil(() => store.called.includes('testSpeaker'), 'it sounds');
  });

  it('say what mends them', async () => {
    const { room, store } = await mountCall(['Ana']);
    await room.openSettings('devices');
    store.devices.value = {
      camera: { phase: 'blocked', code: 'camera-missing' },
      microphone: { phase: 'on' },
      audioBlocked: false,
    };
    await waitUntil(
      () => part(section(room, 'meeting-device-settings'), '[role=alert]'),
      'it is said',
    );
    await expectAccessible(room);
  });
});

describe('the reset', () => {
  it('counts, and does nothing without a choice, and says why', async () => {
    const { room } = await mountReset();
    assert.include(said(room), '3 invitations');
    assert.isTrue(resetButton(room).disabled);
    assert.include(said(room), 'Tick what to delete first.');
    assert.include(said(room), 'on their own devices are not touched');
    assert.strictEqual(box(room, 'activity').labels?.[0]?.textContent, 'Meeting activity');
    assert.strictEqual(box(room, 'access').labels?.[0]?.textContent, 'Specific user access');
    await expectAccessible(room);
  });

  it('counts again when something happens', async () => {
    const { room, store } = await mountReset();
    store.resetPreview = { ...store.resetPreview, parts: [{ part: 'activity', count: 1285 }] };
    store.tell({ type: 'room-unlocked', id: 'e', seq: 9, at: 1, room: 'acme' });
    await waitUntil(() => said(room).includes('1,285 entries'), 'it is counted anew');
  });

  it('in full implies and locks all others, says who leaves, and asks once more', async () => {
    const { room, store } = await mountReset();
    await tick(room, 'activity');
    assert.isTrue(box(room, 'access').checked);
    assert.isTrue(box(room, 'access').disabled);
    assert.include(said(room), 'All 3 people leave the call, you too.');
    await expectAccessible(room);
    resetButton(room).click();
    await waitUntil(() => confirmDialog(room), 'it asks');
    assert.strictEqual(confirmDialog(room)?.getAttribute('role'), 'alertdialog');
    must(part(room, 'meeting-confirm'), '.cancel').click();
    await waitUntil(() => !confirmDialog(room));
    assert.isUndefined(asked(store, 'resetRoom'));
    resetButton(room).click();
    await waitUntil(() => confirmDialog(room), 'it asks again');
    assert.strictEqual(must(part(room, 'meeting-confirm'), '.danger').textContent, 'Reset');
    must(part(room, 'meeting-confirm'), '.danger').click();
    await waitUntil(() => asked(store, 'resetRoom'), 'it is done');
    assert.deepEqual(asked(store, 'resetRoom'), ['resetRoom', ['activity'], { keepMe: false }]);
  });

  it('keeps the host in who wants to', async () => {
    const { room, store } = await mountReset();
    await tick(room, 'activity');
    box(room, 'keep-host').click();
    await waitUntil(() => said(room).includes('2 other people leave the call.'));
    resetButton(room).click();
    await waitUntil(() => confirmDialog(room), 'it asks');
    must(part(room, 'meeting-confirm'), '.danger').click();
    await waitUntil(() => asked(store, 'resetRoom'), 'it is done');
    assert.deepEqual(asked(store, 'resetRoom'), ['resetRoom', ['activity'], { keepMe: true }]);
  });

  it('of a part is done at once, and says what was deleted, and who is still in', async () => {
    const { room, store } = await mountReset();
    const ben = { identity: 'p_1', name: 'Ben', role: 'guest', person: 'ben' } as const;
    store.resetting = { seq: 2, settled: true, here: [ben], receipt: RECEIPT };
    await tick(room, 'access');
    resetButton(room).click();
    await waitUntil(() => said(room).includes('Deleted'), 'it is told');
    assert.deepEqual(asked(store, 'resetRoom'), ['resetRoom', ['access'], { keepMe: false }]);
    assert.include(said(room), '3 invitations');
    assert.include(said(room), 'Ben came in by a link that is gone now.');
    const heading = part(section(room, 'meeting-reset'), 'h3');
    assert.strictEqual(section(room, 'meeting-reset').shadowRoot?.activeElement === heading, true);
    await expectAccessible(room);
    must(section(room, 'meeting-reset'), '.here button').click();
    await waitUntil(() => confirmDialog(room), 'the removal asks');
    must(part(room, 'meeting-confirm'), '.danger').click();
    await waitUntil(() => asked(store, 'removeParticipant'), 'they are removed');
    store.gone('p_1');
    await waitUntil(() => !part(section(room, 'meeting-reset'), '.here'), 'nobody is listed');
  });

  it('shows how far it is', async () => {
    const { room, store } = await mountReset();
    await tick(room, 'access');
    store.requests.value = new Map([['room-reset', { phase: 'pending' }]]);
    await waitUntil(() => said(room).includes('Resetting…'), 'it is under way');
    store.cleared.value = [{ part: 'access', count: 3 }];
    await waitUntil(() => part(section(room, 'meeting-reset'), '.cleared'), 'a part is done');
    resetButton(room).click();
    assert.isUndefined(asked(store, 'resetRoom'));
  });

  it('says when it was vetoed, and when it failed', async () => {
    const { room, store } = await mountReset();
    room.addEventListener('room-reset-request', (event) => event.preventDefault(), { once: true });
    await tick(room, 'access');
    resetButton(room).click();
    await waitUntil(() => said(room).includes('does not allow it'), 'it is said');
    assert.isUndefined(asked(store, 'resetRoom'));
    store.failures.set('resetRoom', new MeetingError('not-host', 'raw'));
    resetButton(room).click();
    await waitUntil(() => said(room).includes('Nothing was reset'), 'it failed');
    assert.notInclude(said(room), 'raw');
    await expectAccessible(room);
  });

  it('by somebody else is told by a toast', async () => {
    const { room, store } = await mountCall(['Ana', 'Ben']);
    store.tell({
      ...{ type: 'room-reset', id: 'e', seq: 9, at: 1, room: 'acme', keptHost: false },
      parts: ['access'],
      by: { identity: 'p_1', name: 'Ben', role: 'host', person: 'ben' },
      receipt: RECEIPT,
    });
    const toast = () => part(part(room, 'meeting-toasts'), '.toast');
    await waitUntil(toast, 'it is told');
    assert.include(toast()?.textContent, 'Ben cleared the list of invited people');
    assert.include(part(room, '.polite')?.textContent, 'Ben cleared the list of invited people');
  });

  it('says what earlier ones deleted, until when, and puts it back', async () => {
    const { room, store } = await mountReset();
    const list = () => part(section(room, 'meeting-reset'), '.trash');
    assert.isNull(list());
    assert.include(said(room), 'It can’t be brought back.');
    const trashed = {
      ...{ id: `z_${'0'.repeat(22)}`, at: 1_900_000_000_000, until: 1_900_086_400_000 },
      by: { identity: 'p_1', name: 'Ben', role: 'host', person: 'ben' },
      parts: [
        { part: 'chat', count: 128 },
        { part: 'whiteboards-and-files', count: 1 },
      ],
    } as const;
    const recount = (restorable: (typeof trashed)[]): void => {
      const parts = trashed.parts.map((one) => ({ ...one }));
      store.resetPreview = {
        ...{ ...store.resetPreview, keptFor: 86_400_000 },
        restorable: restorable.map((one) => ({ ...one, parts })),
      };
      const common = { id: 'e', seq: 10, at: 1, room: 'acme' };
      store.tell({ type: 'room-restored', ...common, parts: ['chat'] });
    };
    recount([trashed]);
    await waitUntil(list, 'it is listed');
    assert.include(said(room), 'can be restored for 24 hours; links that let people in can’t');
    assert.include(list()?.textContent, 'Chat');
    assert.include(list()?.textContent, '128 messages');
    assert.include(list()?.textContent?.replace(/\s+/g, ' '), 'Deleted by Ben,');
    assert.include(list()?.textContent, 'Can be restored until');
    await expectAccessible(room);

    const restore = () => must(section(room, 'meeting-reset'), '[part=restore-button]');
    assert.strictEqual(restore().ariaLabel, 'Restore Chat and Whiteboards and files');
    store.failures.set('restoreReset', new MeetingError('reset-not-found', 'raw'));
    restore().click();
    await waitUntil(() => said(room).includes('Nothing was restored'), 'it failed');
    assert.include(said(room), 'It isn’t there any more.');
    store.failures.clear();
    restore().click();
    await waitUntil(() => said(room).includes('It’s back.'), 'it is told');
    assert.deepEqual(asked(store, 'restoreReset'), ['restoreReset', trashed.id]);
    recount([]);
    await waitUntil(() => !list()?.querySelector('li'), 'it is listed no more');
    const heading = part(section(room, 'meeting-reset'), '#trash');
    assert.strictEqual(section(room, 'meeting-reset').shadowRoot?.activeElement === heading, true);
    await expectAccessible(room);
  });

  it('that the page forbids to undo is not undone', async () => {
    const { room, store } = await mountReset();
    store.resetPreview = {
      ...store.resetPreview,
      restorable: [
        {
          ...{ id: `z_${'0'.repeat(22)}`, at: 1, until: 2, by: { kind: 'server' } },
          parts: [{ part: 'chat', count: 1 }],
        },
      ],
    };
    store.tell({ type: 'room-unlocked', id: 'e', seq: 10, at: 1, room: 'acme' });
    await waitUntil(() => said(room).includes('Deleted by a host'), 'it is listed');
    room.addEventListener('reset-restore-request', (event) => event.preventDefault());
    must(section(room, 'meeting-reset'), '[part=restore-button]').click();
    await waitUntil(() => said(room).includes('does not allow it'), 'it is said');
    assert.isUndefined(asked(store, 'restoreReset'));
  });

  it('of everything hands the receipt out after the exit', async () => {
    const { room, store } = await mountReset();
    store.resetting = { seq: 2, settled: true, here: [], receipt: RECEIPT };
    await tick(room, 'activity');
    resetButton(room).click();
    await waitUntil(() => confirmDialog(room), 'it asks');
    must(part(room, 'meeting-confirm'), '.danger').click();
    const action = () => part(part(room, 'meeting-toasts'), '.toast .button');
    await waitUntil(action, 'it is told');
    assert.include(action()?.textContent, 'Download receipt');
  });
});
