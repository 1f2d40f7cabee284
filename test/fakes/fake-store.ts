import type { Board, BoardsState } from '../../src/core/board-state.ts';
import type { FilesState, UploadState } from '../../src/core/file-state.ts';
import { signal, type Signal } from '@preact/signals-core';
import type { RecordingState } from '../../src/core/recording-state.ts';
import type { DeviceChoice, DeviceList } from '../../src/core/device-state.ts';
import type { ScreenShareState } from '../../src/core/screen-state.ts';
import type { ChatState, Draft, SendOptions, Typist } from '../../src/core/chat-state.ts';
import { explainIn } from '../../src/core/explain.ts';
import type {
  AccessListState,
  AccessState,
  ConnectionState,
  DevicesState,
  Fact,
  MediaState,
  ParticipantState,
  RequestsState,
  RoomOptions,
  Store,
  VideoSource,
} from '../../src/core/state.ts';
import type { FileLimits, RoomFile } from '../../src/protocol/file.ts';
import type { AccessList, Invitation, LinkAccess } from '../../src/protocol/invitation.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import type { ChatMark, Message } from '../../src/protocol/message.ts';
import type { MeetingError } from '../../src/protocol/meeting-error.ts';
import type { Role } from '../../src/protocol/participant.ts';
import type { ResetCount, ResetPart } from '../../src/protocol/reset.ts';
import type { Action, Explanation } from '../../src/protocol/permissions.ts';
import type { Answer, Input } from '../../src/protocol/routes.ts';
import type { Me, RoomInfo } from '../../src/protocol/snapshot.ts';
import type { Whiteboard } from '../../src/protocol/whiteboard.ts';
import { FakeRecordings } from './fake-recordings.ts';
import { FakeServerBoard, type Opened } from './fake-server-board.ts';

const OFF = { phase: 'off' } as const;
const NOBODY = { identity: 'p_0', name: 'Person 0', role: 'guest', person: 'person-0' } as const;
const SILENT: MediaState = { microphone: 'muted', speaking: false, quality: 'good' };

/** A headless room that does nothing by itself: tests set its signals and read its calls. */
export class FakeStore implements Store {
  readonly connection = signal<ConnectionState>({ phase: 'idle' });
  readonly access = signal<AccessState>({ phase: 'unknown' });
  readonly knocks = signal<readonly Knock[]>([]);
  readonly accessList = signal<AccessListState>({ phase: 'unknown' });
  readonly cleared = signal<readonly ResetCount[]>([]);
  readonly chat = signal<ChatState>({ phase: 'unknown', messages: [], more: false });
  readonly chatMark = signal<ChatMark>({ read: 0, unread: 0 });
  readonly typing = signal<readonly Typist[]>([]);
  readonly me = signal<Me | undefined>(undefined);
  readonly room = signal<RoomInfo | undefined>(undefined);
  readonly roster = signal<readonly string[]>([]);
  readonly files = signal<FilesState>({ phase: 'unknown' });
  readonly uploads = signal<readonly UploadState[]>([]);
  readonly whiteboards = signal<BoardsState>({ phase: 'unknown' });
  readonly recording = signal<RecordingState | undefined>(undefined);
  readonly fakeRecordings = new FakeRecordings((name, ...args) => this.#call(name, ...args));
  readonly devices = signal<DevicesState>({
    camera: OFF,
    microphone: OFF,
    audioBlocked: false,
  });
  readonly screenShare = signal<ScreenShareState>({ phase: 'off' });
  readonly screens = signal<readonly string[]>([]);
  readonly activeSpeaker = signal<string | undefined>(undefined);
  readonly deviceChoice = signal<DeviceChoice>({});
  readonly deviceList = signal<DeviceList>({ cameras: [], microphones: [], speakers: [] });
  readonly requests = signal<RequestsState>(new Map());

  /** Every call, as name and arguments, in order. */
  readonly calls: [name: string, ...args: unknown[]][] = [];
  /** What `removeParticipant` answers. */
  removal = { seq: 1, settled: true, locked: false };
  /** What `readNote` answers. */
  note = { text: '', version: 0 };
  /** What `endCall` answers. */
  ending = { seq: 1, settled: true, ended: 1 };
  /** What `invite` answers beside what it was asked for. */
  invitation: Partial<Invitation> & { key: string } = { key: 'k'.repeat(32) };
  /** What `revokeInvitation` answers. */
  revocation = { seq: 1, removed: 0 };
  /** The key that `setLink` tells when it makes one. */
  linkKey = 'l'.repeat(32);
  /** What `activity` answers, page by page; the last one repeats. */
  activities: Answer<'activity'>[] = [{ events: [], more: false }];
  /** What `exportActivity` answers. */
  exported = new Blob(['']);
  /** What `previewReset` answers. */
  resetPreview: Answer<'reset-preview'> = {
    ...{ seq: 1, people: 1, parts: [] },
    ...{ restorable: [], keptFor: 0 },
  };
  /** What `resetRoom` answers. */
  resetting: Answer<'room-reset'> = { seq: 1, settled: true, here: [] };
  /** Tells how loud the microphone is, while somebody listens. */
  level: ((level: number) => void) | undefined;
  /** What `openFile` answers. */
  opened = { url: 'data:,', until: 0 };
  /** What `filePreview` and `viewFile` answer, by the file's id. */
  readonly blobs = new Map<string, Blob>();
  /** How many watch the files now. */
  fileWatchers = 0;
  /** How many watch the access list now. */
  watchers = 0;
  /** How many watch the chat now. */
  chatWatchers = 0;
  /** The knocks that are looked at now, once per look. */
  readonly looks: string[] = [];
  /** What acts of a name reject with. */
  readonly failures = new Map<string, MeetingError>();
  disposed = false;

  readonly #participants = new Map<string, Signal<ParticipantState | undefined>>();
  readonly #media = new Map<string, Signal<MediaState>>();
  readonly #knockVideos = new Map<string, Signal<VideoSource | undefined>>();
  readonly #listeners = new Set<(fact: Fact) => void>();

  /** The names of the calls so far. */
  get called(): string[] {
    return this.calls.map(([name]) => name);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  participant(identity: string): Signal<ParticipantState | undefined> {
    return upsert(this.#participants, identity, undefined);
  }

  media(identity: string): Signal<MediaState> {
    return upsert(this.#media, identity, SILENT);
  }

  knockVideo(identity: string): Signal<VideoSource | undefined> {
    return upsert(this.#knockVideos, identity, undefined);
  }

  explain(action: Action, identity?: string, { role }: { role?: Role } = {}): Explanation {
    return explainIn(this, action, identity, role);
  }

  /** What hosts are told of who may come in; what is not said is empty. */
  setAccessList(list: Partial<AccessList>): void {
    const full: AccessList = {
      seq: 1,
      link: { access: 'off' },
      invitations: [],
      passes: [],
      excluded: [],
      ...list,
    };
    this.accessList.value = Object.freeze({ phase: 'known', list: full });
  }

  /** The picture of somebody who knocks, or none. */
  setKnockVideo(identity: string, video: VideoSource | undefined): void {
    this.knockVideo(identity).value = video;
  }

  /** Changes somebody's role, as the feed would. */
  setRoleOf(identity: string, role: Role): void {
    const own = this.participant(identity);
    if (own.value) own.value = { ...own.value, role };
    const me = this.me.value;
    if (me?.identity === identity) {
      this.me.value = { ...me, role, access: role === 'host' ? 'host' : 'always' };
    }
  }

  /** Puts people into the call; the first is oneself. */
  enter(people: readonly Partial<ParticipantState>[], role: Me['role'] = 'host'): void {
    const rows = people.map((person, index) => row(person, index, role));
    for (const each of rows) this.participant(each.identity).value = each;
    const [me] = rows;
    if (me) {
      const { identity, name, person } = me;
      this.me.value = { identity, name, person, role, access: role === 'host' ? 'host' : 'always' };
    }
    this.room.value = { name: 'acme', locked: false, presenterMode: false };
    this.roster.value = rows.map(({ identity }) => identity);
    this.recording.value = { consent: 'tell', agreed: [], recorders: ['browser'] };
    this.connection.value = { phase: 'joined' };
  }

  /** Takes somebody out, as the feed would. */
  gone(identity: string): void {
    this.roster.value = this.roster.value.filter((each) => each !== identity);
    this.participant(identity).value = undefined;
  }

  tell(fact: Fact): void {
    for (const hear of this.#listeners) hear(fact);
  }

  configure(options: RoomOptions): void {
    this.calls.push(['configure', options]);
  }

  async restore(): Promise<boolean> {
    await this.#call('restore');
    return false;
  }

  prepare = (): Promise<void> => this.#call('prepare');
  check = (): Promise<void> => this.#call('check');
  knock = (options?: { name?: string; message?: string; camera?: boolean }): Promise<void> =>
    this.#call('knock', options);
  withdrawKnock = (): Promise<void> => this.#call('withdrawKnock');
  admit = (identity: string): Promise<void> => this.#call('admit', identity);
  admitAll = (): Promise<void> => this.#call('admitAll');
  deny = (identity: string, options?: { note?: string }): Promise<void> =>
    this.#call('deny', identity, options);
  join = (options?: { name?: string; again?: 'take-over' | 'beside' }): Promise<void> =>
    this.#call('join', options);
  comeBack = (): Promise<void> => this.#call('comeBack');
  leave = (): Promise<void> => this.#call('leave');

  retry(): void {
    this.calls.push(['retry']);
  }

  async endCall(options?: { keepMe?: boolean }): Promise<typeof this.ending> {
    await this.#call('endCall', options);
    return this.ending;
  }

  async removeParticipant(
    identity: string,
    options?: { note?: string; block?: boolean },
  ): Promise<typeof this.removal> {
    await this.#call('removeParticipant', identity, ...(options ? [options] : []));
    return this.removal;
  }

  restoreParticipant = (identity: string): Promise<void> =>
    this.#call('restoreParticipant', identity);
  setLocked = (locked: boolean): Promise<void> => this.#call('setLocked', locked);
  readNote = async (): Promise<Answer<'note-read'>> => {
    await this.#call('readNote');
    return this.note;
  };
  writeNote = async (note: Input<'note-write'>): Promise<number> => {
    await this.#call('writeNote', note);
    return note.version + 1;
  };
  setPresenterMode = (on: boolean): Promise<void> => this.#call('setPresenterMode', on);
  setRole = (identity: string, role: Role): Promise<void> => this.#call('setRole', identity, role);
  revokePass = (identity: string): Promise<void> => this.#call('revokePass', identity);

  async invite(input: Input<'invitation-create'>): Promise<Answer<'invitation-create'>> {
    await this.#call('invite', input);
    const { key, ...more } = this.invitation;
    const invitation = { id: `v_${'0'.repeat(22)}`, uses: 0, createdAt: 1, here: [], ...input };
    return { seq: 1, invitation: { ...invitation, ...more }, key };
  }

  async revokeInvitation(
    id: string,
    options?: { remove?: boolean },
  ): Promise<typeof this.revocation> {
    await this.#call('revokeInvitation', id, options);
    return this.revocation;
  }

  async setLink(access: LinkAccess, options?: { renew?: boolean }): Promise<Answer<'link-set'>> {
    await this.#call('setLink', access, options);
    const last = this.accessList.value;
    const wasOff = last.phase === 'known' && last.list.link.access === 'off';
    const isNew = access !== 'off' && (wasOff || options?.renew === true);
    return { seq: 1, access, ...(isNew && { key: this.linkKey }) };
  }

  async activity(options?: { before?: number; limit?: number }): Promise<Answer<'activity'>> {
    await this.#call('activity', options);
    const [page] = this.activities.length > 1 ? this.activities.splice(0, 1) : this.activities;
    return page ?? { events: [], more: false };
  }

  async exportActivity(format: 'csv' | 'json'): Promise<Blob> {
    await this.#call('exportActivity', format);
    return this.exported;
  }

  async previewReset(): Promise<Answer<'reset-preview'>> {
    await this.#call('previewReset');
    return this.resetPreview;
  }

  async resetRoom(
    parts: readonly ResetPart[],
    options?: { keepMe?: boolean },
  ): Promise<Answer<'room-reset'>> {
    await this.#call('resetRoom', parts, options);
    return this.resetting;
  }

  async restoreReset(id: string): Promise<Answer<'reset-restore'>> {
    await this.#call('restoreReset', id);
    return { seq: 1, parts: [] };
  }

  watchAccess(abort: AbortSignal): void {
    if (abort.aborted) return;
    this.calls.push(['watchAccess']);
    this.watchers += 1;
    abort.addEventListener('abort', () => (this.watchers -= 1), { once: true });
  }

  /** What the room keeps in files, all of it. */
  setFiles(files: readonly RoomFile[], limits?: Partial<FileLimits>): void {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const usage = { bytes, files: files.length };
    const all = { fileBytes: 2e9, roomBytes: 10e9, roomFiles: 1_000, ...limits };
    this.files.value = Object.freeze({ phase: 'known', files, usage, limits: all });
  }

  watchFiles(abort: AbortSignal): void {
    if (abort.aborted) return;
    this.calls.push(['watchFiles']);
    this.fileWatchers += 1;
    abort.addEventListener('abort', () => (this.fileWatchers -= 1), { once: true });
  }

  addFiles = (files: readonly File[], options?: { inChat?: boolean }): Promise<void> =>
    this.#call('addFiles', files, options);
  cancelUpload = (id: string): Promise<void> => this.#call('cancelUpload', id);
  retryUpload = (id: string): Promise<void> => this.#call('retryUpload', id);
  deleteFile = (id: string): Promise<void> => this.#call('deleteFile', id);

  async openFile(id: string): Promise<typeof this.opened> {
    await this.#call('openFile', id);
    return this.opened;
  }

  async filePreview(id: string): Promise<Blob> {
    await this.#call('filePreview', id);
    return this.blobs.get(id) ?? new Blob([]);
  }

  async viewFile(id: string): Promise<Blob> {
    await this.#call('viewFile', id);
    return this.blobs.get(id) ?? new Blob([]);
  }

  watchWhiteboards(abort: AbortSignal): void {
    if (!abort.aborted) this.calls.push(['watchWhiteboards']);
  }

  /** Shows these, as the feed would. */
  setBoards(...boards: Whiteboard[]): void {
    this.whiteboards.value = Object.freeze({ phase: 'known', boards });
  }

  async createWhiteboard(name: string): Promise<Whiteboard> {
    await this.#call('createWhiteboard', name);
    const by = this.me.value ?? NOBODY;
    return { id: `w_${name}`, name, locked: false, at: 1, by, gen: 1 };
  }
  renameWhiteboard = (id: string, name: string): Promise<void> =>
    this.#call('renameWhiteboard', id, name);
  lockWhiteboard = (id: string, locked: boolean): Promise<void> =>
    this.#call('lockWhiteboard', id, locked);
  clearWhiteboard = (id: string): Promise<void> => this.#call('clearWhiteboard', id);
  deleteWhiteboard = (id: string): Promise<void> => this.#call('deleteWhiteboard', id);

  /** What the server has of the whiteboard that is open. */
  readonly serverBoard = new FakeServerBoard();
  /** The whiteboard that was opened last. */
  openedBoard: Opened | undefined;

  async openWhiteboard(id: string, abort: AbortSignal): Promise<Board> {
    await this.#call('openWhiteboard', id);
    this.openedBoard = this.serverBoard.open('p_0', id);
    const { board } = this.openedBoard;
    abort.addEventListener('abort', () => board.dispose(), { once: true });
    void board.catchUp();
    return board;
  }

  async recordings(): Promise<FakeRecordings> {
    await this.#call('recordings');
    return this.fakeRecordings;
  }

  watchChat(abort: AbortSignal): void {
    if (abort.aborted) return;
    this.calls.push(['watchChat']);
    this.chatWatchers += 1;
    abort.addEventListener('abort', () => (this.chatWatchers -= 1), { once: true });
  }

  async sendMessage(text: string, options?: SendOptions): Promise<Message> {
    await this.#call('sendMessage', text, options);
    const { access: _, ...by } = this.me.value ?? { ...NOBODY, access: 'always' };
    return { id: `m_${'0'.repeat(22)}`, seq: 1, at: 1, by, text };
  }

  resendMessage = (id: string): Promise<void> => this.#call('resendMessage', id);
  discardMessage = (id: string): Promise<void> => this.#call('discardMessage', id);
  editMessage = (id: string, text: string): Promise<void> => this.#call('editMessage', id, text);
  deleteMessage = (id: string): Promise<void> => this.#call('deleteMessage', id);
  olderMessages = (): Promise<void> => this.#call('olderMessages');
  readMessages = (): Promise<void> => this.#call('readMessages');
  kept: Draft | undefined;
  draft = async (): Promise<Draft | undefined> => this.kept;
  keepDraft = async (draft: Draft | undefined): Promise<void> => void (this.kept = draft);
  setTyping = (on: boolean, options?: { to?: string }): Promise<void> =>
    this.#call('setTyping', on, options);

  look(identity: string, abort: AbortSignal): void {
    if (abort.aborted) return;
    this.calls.push(['look', identity]);
    this.looks.push(identity);
    const end = (): void => void this.looks.splice(this.looks.indexOf(identity), 1);
    abort.addEventListener('abort', end, { once: true });
  }

  startAudio = (): Promise<void> => this.#call('startAudio');
  testSpeaker = (): Promise<void> => this.#call('testSpeaker');

  watchDevices(abort: AbortSignal): void {
    this.calls.push(['watchDevices']);
    abort.addEventListener('abort', () => this.calls.push(['unwatchDevices']), { once: true });
  }

  async chooseDevice(kind: keyof DeviceChoice, id: string): Promise<void> {
    await this.#call('chooseDevice', kind, id);
    this.deviceChoice.value = { ...this.deviceChoice.value, [kind]: id };
  }

  followLevel(hear: (level: number) => void, abort: AbortSignal): void {
    this.level = hear;
    abort.addEventListener('abort', () => (this.level = undefined), { once: true });
  }

  async setScreenShare(on: boolean): Promise<void> {
    await this.#call('setScreenShare', on);
    this.screenShare.value = { phase: on ? 'on' : 'off' };
    const self = this.me.value?.identity;
    if (self) this.setScreen(self, on ? this.media(self).value.camera : undefined);
  }

  /** Shows somebody's screen, or no longer. */
  setScreen(identity: string, screen: VideoSource | undefined): void {
    const { screen: _, ...rest } = this.media(identity).value;
    this.media(identity).value = { ...rest, ...(screen && { screen }) };
    const others = this.screens.value.filter((each) => each !== identity);
    this.screens.value = screen ? [...others, identity] : others;
  }

  async setCamera(on: boolean): Promise<void> {
    await this.#call('setCamera', on);
    this.devices.value = { ...this.devices.value, camera: { phase: on ? 'on' : 'off' } };
  }

  async setKnockCamera(on: boolean): Promise<void> {
    await this.#call('setKnockCamera', on);
    this.devices.value = { ...this.devices.value, camera: { phase: on ? 'on' : 'off' } };
    const state = this.connection.value;
    if (state.phase !== 'waiting') return;
    this.connection.value = { ...state, knock: { ...state.knock, camera: on } };
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.#call('setMicrophone', on);
    this.devices.value = { ...this.devices.value, microphone: { phase: on ? 'on' : 'off' } };
  }

  hold(key: string, until: Promise<unknown>): void {
    this.requests.value = new Map(this.requests.value).set(key, { phase: 'pending' });
    void Promise.allSettled([until]).then(() => {
      const rest = new Map(this.requests.value);
      rest.delete(key);
      this.requests.value = rest;
    });
  }

  listen(hear: (fact: Fact) => void, abort: AbortSignal): void {
    this.#listeners.add(hear);
    abort.addEventListener('abort', () => this.#listeners.delete(hear), { once: true });
  }

  dispose(): void {
    this.disposed = true;
  }

  async #call(name: string, ...args: unknown[]): Promise<void> {
    this.calls.push([name, ...args.filter((arg) => arg !== undefined)]);
    const failure = this.failures.get(name);
    if (failure) throw failure;
  }
}

function upsert<T>(map: Map<string, Signal<T>>, key: string, initial: T): Signal<T> {
  let found = map.get(key);
  if (!found) map.set(key, (found = signal(initial)));
  return found;
}

function row(person: Partial<ParticipantState>, index: number, role: Me['role']): ParticipantState {
  return {
    identity: `p_${index}`,
    name: `Person ${index}`,
    person: `person-${index}`,
    role: index === 0 ? role : 'guest',
    connection: 'connected',
    joinedAt: index,
    self: index === 0,
    kind: 'person',
    ...person,
  };
}
