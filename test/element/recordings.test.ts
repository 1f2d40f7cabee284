import { assert } from '@open-wc/testing';
import '../../src/define/meeting-recordings.ts';
import type { UploadState } from '../../src/core/file-state.ts';
import type { KeptRecording } from '../../src/core/recording/kept-recording.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { Recording } from '../../src/protocol/recording.ts';
import {
  button,
  expectAccessible,
  mountCall,
  mountRoom,
  must,
  part,
  press,
  type Mounted,
  waitUntil,
} from './harness.ts';

const ana = { identity: 'p_0', name: 'Ana', role: 'host', person: 'person-0' } as const;
const max = { identity: 'p_1', name: 'Max', role: 'host', person: 'person-1' } as const;

const recording = (index: number, more: Partial<Recording> = {}): Recording => ({
  ...{ id: `r_${index}`, by: max, at: Date.UTC(2026, 0, 15, 13, 20), recorder: 'browser' },
  ...{ state: 'kept', duration: 65_000, size: 14_000_000, type: 'video/mp4', name: '' },
  ...more,
});

const kept = (index: number, more: Partial<KeptRecording> = {}): KeptRecording => ({
  ...{ id: `r_k${index}`, server: '', room: 'acme', type: 'video/mp4' },
  ...{ at: Date.UTC(2026, 0, 15, 12, 20), duration: 312, size: 71_000_000, state: 'complete' },
  ...more,
});

function runs(
  { store }: Mounted,
  by: Recording['by'] = max,
  consent: 'tell' | 'ask' = 'tell',
  agreed: string[] = [],
): void {
  const running = recording(0, { by, state: 'running' });
  store.recording.value = { running, consent, agreed, recorders: ['browser'] };
}

const badge = ({ room }: Mounted): HTMLElement => must(room, 'meeting-recording-badge');
const panel = ({ room }: Mounted): HTMLElement =>
  must(must(room, 'room-settings'), 'meeting-recordings');
const text = (of: Element | null): string => of?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const said = ({ room }: Mounted): string => text(part(room, '.polite'));
const question = (mounted: Mounted): HTMLDialogElement =>
  must(must(badge(mounted), 'meeting-recorded'), 'dialog') as HTMLDialogElement;
const row = (mounted: Mounted, tag: string, index = 0): HTMLElement => {
  const found = panel(mounted).shadowRoot?.querySelectorAll<HTMLElement>(tag)[index];
  if (!found) throw new Error(`No ${tag} ${index}`);
  return found;
};

async function mountPanel(
  prepare: (mounted: Mounted) => void = () => {},
  width = 900,
): Promise<Mounted> {
  const mounted = await mountCall(['Ana', 'Max'], 'host', width, 700);
  mounted.store.fakeRecordings.setInRoom([]);
  prepare(mounted);
  await mounted.room.openSettings('recordings');
  await waitUntil(() => part(panel(mounted), 'h3'), 'the section shows');
  await waitUntil(() => mounted.store.fakeRecordings.watchers === 1, 'recordings are watched');
  return mounted;
}

/** The next request of a type, which is then not carried out. */
const asked = <E extends Event>({ room }: Mounted, type: string): Promise<E> =>
  new Promise((resolve) => {
    const hear = (event: Event): void => {
      event.preventDefault();
      resolve(event as E);
    };
    room.addEventListener(type, hear, { once: true });
  });

describe('who is recorded', () => {
  it('sees it, by whom and since when, is told once, and when it is over', async () => {
    const mounted = await mountCall(['Ana', 'Max'], 'guest');
    assert.isNull(part(badge(mounted), '.badge'));
    runs(mounted);
    await waitUntil(() => part(badge(mounted), '.badge'), 'the badge shows');
    assert.match(text(part(badge(mounted), '.badge')), /^Recording Max, since \d+:20/);
    await waitUntil(() => said(mounted).includes('Max is recording this call'), 'it is told');
    await expectAccessible(badge(mounted));
    runs(mounted, max, 'tell', ['p_9']);
    mounted.store.recording.value = { consent: 'tell', agreed: [], recorders: ['browser'] };
    await waitUntil(() => said(mounted).includes('The recording has stopped'), 'the end is told');
    await waitUntil(() => !part(badge(mounted), '.badge'), 'the badge goes');
    assert.lengthOf(said(mounted).match(/is recording/g) ?? [], 1);
  });

  it('is told before they join', async () => {
    const mounted = await mountRoom();
    mounted.store.access.value = {
      ...{ phase: 'known', access: 'always', here: false },
      recording: { at: 1, consent: 'tell' },
    };
    const lobby = must(mounted.room, 'meeting-lobby');
    await waitUntil(() => part(lobby, '.recorded'), 'it says so');
    assert.include(text(part(lobby, '.recorded')), 'you are in the recording');
    await expectAccessible(lobby);
  });

  it('reads “Recording” also where a panel is all there is to see', async () => {
    const mounted = await mountCall(['Ana', 'Max'], 'guest', 360, 640);
    runs(mounted);
    await mounted.room.openPanel('chat');
    await waitUntil(() => part(badge(mounted), 'strong')?.checkVisibility(), 'it is seen');
    const style = getComputedStyle(badge(mounted));
    assert.equal(style.visibility, 'visible');
    assert.isAtMost(badge(mounted).getBoundingClientRect().width, 140);
  });

  it('is asked, where people are asked, and stays only by saying so', async () => {
    const mounted = await mountCall(['Ana', 'Max'], 'guest');
    runs(mounted, max, 'ask');
    await waitUntil(() => part(badge(mounted), 'meeting-recorded'), 'the question is there');
    await waitUntil(() => part(part(badge(mounted), 'meeting-recorded'), '[open]'), 'it is open');
    const dialog = question(mounted);
    assert.equal(dialog.getAttribute('role'), 'alertdialog');
    assert.include(text(dialog), 'This call is being recorded');
    await expectAccessible(dialog);
    press(dialog, 'Enter');
    dialog.close();
    await waitUntil(() => dialog.open, 'there is no way around it');
    assert.notInclude(mounted.store.called, 'agreeToRecording');
    const error = new MeetingError('server-unreachable', '');
    mounted.store.failures.set('agreeToRecording', error);
    const asks = must(badge(mounted), 'meeting-recorded');
    button(asks, 'Stay').click();
    await waitUntil(() => part(asks, '[role=alert]'), 'it says that it failed');
    mounted.store.failures.clear();
    button(asks, 'Stay').click();
    await waitUntil(() => mounted.store.called.includes('agreeToRecording'), 'they agreed');
    runs(mounted, max, 'ask', ['p_0']);
    await waitUntil(() => !part(badge(mounted), 'meeting-recorded'), 'the question is gone');
    assert.isNotNull(part(badge(mounted), '.badge'));
  });

  it('may leave instead; who records is not asked', async () => {
    const mounted = await mountCall(['Ana', 'Max'], 'host');
    runs(mounted, ana, 'ask');
    await waitUntil(() => part(badge(mounted), '.badge'), 'the badge shows');
    assert.isNull(part(badge(mounted), 'meeting-recorded'));
    runs(mounted, max, 'ask');
    await waitUntil(() => part(badge(mounted), 'meeting-recorded'), 'the question is there');
    await waitUntil(() => part(part(badge(mounted), 'meeting-recorded'), '[open]'), 'it is open');
    const leaves = asked(mounted, 'call-leave-request');
    button(must(badge(mounted), 'meeting-recorded'), 'Leave call').click();
    await leaves;
  });
});

describe('the recordings', () => {
  it('are for hosts', async () => {
    const mounted = await mountPanel();
    mounted.store.setRoleOf('p_0', 'guest');
    await waitUntil(() => mounted.store.fakeRecordings.watchers === 0, 'nobody watches them');
    assert.isNull(part(must(mounted.room, 'room-settings'), 'meeting-recordings'));
  });

  it('are started and stopped by requests that a page may veto', async () => {
    const mounted = await mountPanel();
    const vetoed = asked(mounted, 'recording-start-request');
    button(panel(mounted), 'Start recording').click();
    assert.equal((await vetoed).type, 'recording-start-request');
    button(panel(mounted), 'Start recording').click();
    await waitUntil(() => mounted.store.called.includes('startRecording'), 'it starts');
    const [, wish] = mounted.store.calls.at(-1) ?? [];
    assert.deepEqual(wish, { recorder: 'browser', upload: false });
    must(panel(mounted), '[name=upload]').click();
    button(panel(mounted), 'Start recording').click();
    await waitUntil(() => mounted.store.calls.at(-1)?.[1] !== wish, 'it starts again');
    assert.deepEqual(mounted.store.calls.at(-1)?.[1], { recorder: 'browser', upload: true });
    runs(mounted, ana);
    await waitUntil(() => part(panel(mounted), '.running'), 'it says that it runs');
    button(panel(mounted), 'Stop recording').click();
    await waitUntil(() => mounted.store.called.includes('stopRecording'), 'it stops');
  });

  it('are made by the server where it offers that, and it says why when it can not', async () => {
    const mounted = await mountPanel(({ store }) => {
      store.recording.value = { consent: 'ask', agreed: [], recorders: ['browser', 'egress'] };
    });
    must(panel(mounted), '[value=egress]').click();
    const error = new MeetingError('recorder-unavailable', '');
    mounted.store.failures.set('startRecording', error);
    button(panel(mounted), 'Start recording').click();
    const toasts = must(mounted.room, 'meeting-toasts');
    await waitUntil(() => text(part(toasts, '.toast')).includes('doesn’t answer'), 'it says why');
    assert.deepEqual(mounted.store.calls.findLast(([name]) => name === 'startRecording')?.[1], {
      recorder: 'egress',
      upload: false,
    });
    await expectAccessible(panel(mounted));
  });

  it('of this browser are played, uploaded, cancelled and deleted; recovered ones say so', async () => {
    const one = kept(1, { state: 'interrupted' });
    const mounted = await mountPanel(({ store }) => {
      store.fakeRecordings.here.value = [one, kept(2), kept(3, { state: 'running' })];
      store.fakeRecordings.setInRoom([recording(7, { id: 'r_k2' })]);
    }, 360);
    const { store } = mounted;
    const first = row(mounted, 'meeting-kept-recording');
    await waitUntil(() => text(part(first, '.words')).includes('Recovered'), 'it is named so');
    assert.include(text(part(first, '.words')), '5:12 · 71 MB');
    const second = row(mounted, 'meeting-kept-recording', 1);
    assert.include(text(part(second, '.words')), 'Also in the room');
    assert.notInclude(names(second), 'Upload');
    assert.equal(names(row(mounted, 'meeting-kept-recording', 2)), '');
    await expectAccessible(panel(mounted));
    assert.isAtMost(panel(mounted).scrollWidth, panel(mounted).clientWidth, 'nothing sticks out');

    act(first, /^Upload /);
    await waitUntil(() => store.called.includes('uploadRecording'), 'it is uploaded');
    const upload: UploadState = { id: one.id, name: '', size: 8, sent: 2, phase: 'sending' };
    store.fakeRecordings.uploads.value = new Map([[one.id, upload]]);
    await waitUntil(() => part(first, '[role=progressbar]'), 'its progress shows');
    assert.equal(part(first, '[role=progressbar]')?.getAttribute('aria-valuenow'), '25');
    act(first, /^Cancel /);
    await waitUntil(() => store.called.includes('cancelRecordingUpload'), 'it is cancelled');
    const error = new MeetingError('recordings-full', '');
    const failed: UploadState = { ...upload, phase: 'failed', error };
    store.fakeRecordings.uploads.value = new Map([[one.id, failed]]);
    await waitUntil(() => text(part(first, '[role=alert]')).includes('no more space'), 'why');

    act(first, /^Delete /);
    await waitUntil(() => part(first, '.question'), 'it asks');
    button(first, 'Keep').click();
    await waitUntil(() => !part(first, '.question'), 'it asks no more');
    assert.notInclude(store.called, 'removeRecording');
    act(first, /^Delete /);
    await waitUntil(() => part(first, '.question'), 'it asks');
    button(first, 'Delete').click();
    await waitUntil(() => store.called.includes('removeRecording'), 'it is deleted');
  });

  it('of the room are played in place, and deleted after a question', async () => {
    const mounted = await mountPanel(({ store }) => {
      store.fakeRecordings.setInRoom([recording(1, { partial: true })]);
      store.fakeRecordings.opened = { url: 'https://example.com/r?link=1', until: 0 };
    });
    const first = row(mounted, 'meeting-recording');
    await waitUntil(() => text(part(first, '.words')).includes('1:05 · 14 MB · Max'), 'it shows');
    assert.include(text(part(first, '.words')), 'The upload broke off');
    act(first, /^Play /);
    await waitUntil(() => part(first, 'video'), 'it is played');
    const source = part(first, 'video')?.getAttribute('src');
    assert.equal(source, 'https://example.com/r?link=1&inline=1');
    // The link has run out: another one is asked for, and it goes on where it was.
    const video = part(first, 'video');
    Object.defineProperty(video, 'currentTime', { value: 42, writable: true });
    mounted.store.fakeRecordings.opened = { url: 'https://example.com/r?link=2', until: 0 };
    video?.dispatchEvent(new Event('error'));
    await waitUntil(() => part(first, 'video')?.getAttribute('src')?.includes('link=2'), 'anew');
    act(first, /^Close /);
    await waitUntil(() => !part(first, 'video'), 'it is closed');
    act(first, /^Delete /);
    const confirm = must(mounted.room, 'meeting-confirm');
    await waitUntil(() => part(confirm, 'dialog[open]'), 'it asks');
    button(confirm, 'Delete').click();
    await waitUntil(() => mounted.store.called.includes('deleteRecording'), 'it is deleted');
  });

  it('say when they can not be had', async () => {
    const mounted = await mountPanel();
    const error = new MeetingError('server-unreachable', '');
    mounted.store.fakeRecordings.inRoom.value = { phase: 'failed', error };
    await waitUntil(() => part(panel(mounted), '[role=alert]'), 'it says why');
  });
});

const buttons = (host: HTMLElement): HTMLElement[] => [
  ...(host.shadowRoot?.querySelectorAll<HTMLElement>('.icon-button') ?? []),
];
const names = (host: HTMLElement): string =>
  buttons(host)
    .map((each) => each.getAttribute('aria-label')?.split(' ')[0])
    .join(' ');
function act(host: HTMLElement, name: RegExp): void {
  const found = buttons(host).find((each) => name.test(each.getAttribute('aria-label') ?? ''));
  if (!found) throw new Error(`There is no button ${name}, but ${names(host)}`);
  found.click();
}
