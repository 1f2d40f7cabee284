import type { MeetingRoom } from '../../src/elements/meeting-room/meeting-room.ts';
import type { AccessState, ConnectionState, ParticipantState } from '../../src/core/state.ts';
import { requestKey } from '../../src/core/state.ts';
import { CallEndRequestEvent } from '../../src/events/call-end-request.ts';
import { MeetingError, type ErrorCode } from '../../src/protocol/meeting-error.ts';
import type { Exit, ExitReason, NextStep } from '../../src/protocol/exit.ts';
import type { ChatMessage } from '../../src/core/chat-state.ts';
import type { Message } from '../../src/protocol/message.ts';
import type { Participant } from '../../src/protocol/participant.ts';
import type { RoomEvent } from '../../src/protocol/events.ts';
import type { AccessList, Invitation } from '../../src/protocol/invitation.ts';
import type { Knock } from '../../src/protocol/knock.ts';
import type { FakeStore } from '../fakes/fake-store.ts';
import { boardScenes } from './board-scenes.ts';
import { fileScenes, FILES } from './file-scenes.ts';
import { screenScenes } from './screen-scenes.ts';
import { paintedCamera } from './painted-camera.ts';

/** One state of the room, worth a look. */
export type Scene = (store: FakeStore, room: MeetingRoom) => Promise<void> | void;

const NAMES = [
  'Ana Ribeiro',
  'Jonas Weber',
  'Mei Lin',
  'Oluwaseun Adeyemi-Okonkwo',
  'Priya Natarajan',
  'Lars',
  '山田 太郎',
  'Zoë Kowalska',
  'سارة حداد',
  'Tom',
  'Ines Duarte',
  'Kwame Mensah',
  'Noor',
  'Elif Yılmaz',
  'Marta Nowak',
  'Ravi',
  'Chloé Dubois',
  'Bea',
  'Igor Petrov',
  'Hana',
  'Liam O’Brien',
  'Yuki',
  'Sven',
  'Aisha',
  'Paul',
  'Rosa',
  'Finn',
  'Greta',
  'Hugo',
  'Iva',
];
const HOST = { identity: 'p_1', name: 'Ana Ribeiro', role: 'host', person: 'ana' } as const;
const EXIT: Exit = { reason: 'left', at: 1, next: 'rejoin' };

export const people = (count: number): Partial<ParticipantState>[] =>
  NAMES.slice(0, count).map((name, index) => ({ name, person: `p${index * 7}` }));

const crowd = (count: number): Partial<ParticipantState>[] =>
  Array.from({ length: count }, (_, index) => ({
    name: NAMES[index] ?? `${NAMES[index % NAMES.length]} ${Math.floor(index / NAMES.length) + 1}`,
    person: `p${index * 7}`,
  }));

/** A call of `count`, most of them with a picture. */
export function call(count: number, role: 'host' | 'guest' = 'host'): Scene {
  return (store) => {
    for (let index = 0; index < count; index += 1) {
      const camera = index % 3 === 2 ? {} : { camera: paintedCamera(index) };
      store.media(`p_${index}`).value = {
        ...camera,
        microphone: index % 2 ? 'muted' : 'on',
        speaking: index === 1,
        quality: 'good',
      };
    }
    store.devices.value = {
      camera: { phase: 'on' },
      microphone: { phase: 'on' },
      audioBlocked: false,
    };
    store.enter(people(count), role);
  };
}

/** The same, with the one who speaks large. */
function speaker(count: number): Scene {
  return (store, room) => {
    room.layout = 'speaker';
    store.activeSpeaker.value = 'p_1';
    return call(count)(store, room);
  };
}

const MESSAGES = [
  'Hi, I am the new designer, Jonas sent me.',
  undefined,
  'Bin fünf Minuten zu spät, entschuldigt bitte! Der Zug stand vor Köln, und ich habe die Präsentation dabei.',
];

/** A chat with a past: two days, an answer, a link, a private word, one that was deleted. */
const talk = (count = 9): ChatMessage[] => {
  const who = (index: number): Participant => ({
    identity: `p_${index}`,
    name: NAMES[index] ?? '',
    role: index === 0 ? 'host' : 'guest',
    person: `p${index * 7}`,
  });
  const noon = new Date();
  noon.setHours(12, 4, 0, 0);
  const at = (minutes: number): number => noon.getTime() + minutes * 60_000;
  const lines: (Pick<Message, 'at' | 'by' | 'text'> & Partial<ChatMessage>)[] = [
    { at: at(-26 * 60), by: who(1), text: 'Shall we meet again tomorrow at noon?' },
    { at: at(-26 * 60 + 1), by: who(1), text: 'I will bring the numbers.' },
    { at: at(0), by: who(0), text: 'Good to see you all. The draft: https://example.com/plans/q3' },
    {
      at: at(1),
      by: who(3),
      text: 'Danke! Wer hat die Präsentation von gestern (die mit den Diagrammen)?',
    },
    { at: at(2), by: who(1), text: 'Me. One moment.', replyTo: 'm_3' },
    { at: at(3), by: who(8), text: 'شكرا، أراها الآن. الرابط يعمل.' },
    { at: at(4), by: who(2), text: 'Can you cover for me at two?', to: who(0) },
    { at: at(5), by: who(4), text: '', deletedAt: at(6), deletedBy: who(0) },
    { at: at(7), by: who(0), text: 'Let us begin with page 3.', editedAt: at(8) },
  ];
  return lines.slice(0, count).map((line, index) => ({
    id: `m_${index}`,
    seq: index + 1,
    state: 'sent' as const,
    ...line,
  }));
};

/** A call with the chat open. */
const chat =
  (more?: (store: FakeStore) => void, messages = talk()): Scene =>
  async (store, room) => {
    await call(5)(store, room);
    store.chat.value = { phase: 'known', messages, more: false };
    more?.(store);
    await until(() => inShadow(room, 'meeting-panel'));
    await room.openPanel('chat');
    await until(() =>
      inShadow(inShadow(inShadow(room, 'meeting-panel'), 'meeting-chat'), 'meeting-messages'),
    );
  };

/** Somebody at the door, `index` of a stable crowd. */
const knock = (index: number, more: Partial<Knock> = {}): Knock => ({
  identity: `k_${index}`,
  name: NAMES[(index * 5 + 7) % NAMES.length] ?? '',
  person: `k${index * 7}`,
  at: Date.now() - 42_000 + index * 9_000,
  expiresAt: Date.now() + 500_000,
  vouched: index % 2 === 1,
  removedBefore: index === 2,
  present: index !== 1,
  camera: false,
  ...(MESSAGES[index % 3] && { message: MESSAGES[index % 3] }),
  ...more,
});

/** A call with people at the door. */
const knocks =
  (count: number, more?: Scene): Scene =>
  async (store, room) => {
    await call(5)(store, room);
    store.knocks.value = Array.from({ length: count }, (_, index) => knock(index));
    await until(() => inShadow(inShadow(room, 'meeting-knocks'), '.card'));
    await more?.(store, room);
  };

/** People at the door of whom the first `shown` can be seen already. */
const withCamera = (count: number, shown: number): Scene =>
  knocks(count, async (store, room) => {
    const cameras = Array.from({ length: count }, (_, index) => index % 3 !== 2);
    store.knocks.value = cameras.map((camera, index) => knock(index, { camera }));
    for (let index = 0; index < shown; index += 1) {
      store.setKnockVideo(`k_${index}`, paintedCamera(index + 3));
    }
    await until(() => inShadow(inShadow(room, 'meeting-knocks'), '.picture'));
  });

const waiting =
  (offline: boolean, more: Partial<Knock> = {}): Scene =>
  (store) => {
    store.devices.value = {
      camera: { phase: 'on' },
      microphone: { phase: 'off' },
      preview: paintedCamera(0),
      audioBlocked: false,
    };
    store.connection.value = {
      phase: 'waiting',
      offline,
      knock: { ...knock(0), name: 'Ana Ribeiro', at: Date.now() - 42_000, ...more },
    };
  };

const lobby =
  (access: AccessState): Scene =>
  (store) => {
    store.access.value = access;
    store.devices.value = {
      camera: { phase: 'on' },
      microphone: { phase: 'on' },
      preview: paintedCamera(0),
      audioBlocked: false,
    };
  };

/** A call with the people beside it; some are hosts, some away. */
const beside =
  (count: number, role: 'host' | 'guest' = 'host', more?: Scene): Scene =>
  async (store, room) => {
    await call(Math.min(count, NAMES.length), role)(store, room);
    if (count > NAMES.length) store.enter(crowd(count), role);
    if (count > 2) store.setRoleOf('p_2', 'host');
    const fourth = store.participant('p_3');
    if (fourth.value) fourth.value = { ...fourth.value, connection: 'reconnecting' };
    await room.openPanel('people');
    await more?.(store, room);
  };

/** The list of people in the panel. */
const peopleList = (room: MeetingRoom): HTMLElement | undefined =>
  inShadow(inShadow(inShadow(room, 'meeting-panel'), 'meeting-people'), 'meeting-people-list');

const MINUTE = 60_000;

const guest = (index: number) =>
  ({
    identity: `p_9${index}`,
    name: NAMES[index] ?? '',
    role: 'guest',
    person: `q${index}`,
  }) as const;

const invitation = (index: number, more: Partial<Invitation> = {}): Invitation => ({
  id: `v_${index}`,
  name: NAMES[index + 4] ?? '',
  access: 'always',
  uses: 0,
  createdAt: Date.now() - 90 * MINUTE,
  here: [],
  ...more,
});

/** Who may come in and who may not, as a host who has done some of everything sees it. */
const accessList: Partial<AccessList> = {
  link: { access: 'always', createdAt: Date.now() - 900 * MINUTE, lastUsedAt: Date.now() - MINUTE },
  invitations: [
    invitation(0, { email: 'priya@example.com', uses: 1, maxUses: 3, here: [guest(4)] }),
    invitation(3, { access: 'host', expiresAt: Date.now() + 600 * MINUTE }),
    invitation(6, { revokedAt: Date.now() - MINUTE, uses: 2 }),
  ],
  passes: [{ participant: guest(7), until: Date.now() + 94_000 }],
  excluded: [
    {
      participant: guest(13),
      reason: 'removed',
      at: Date.now() - 12 * MINUTE,
      by: HOST,
      note: 'Please come back after the break.',
      blocked: false,
    },
    { participant: guest(3), reason: 'removed', at: Date.now() - 30 * MINUTE, blocked: true },
  ],
};

const HAPPENED: (Partial<RoomEvent> & { type: RoomEvent['type'] })[] = [
  {
    type: 'participant-removed',
    participant: guest(13),
    note: 'Please come back later.',
    by: HOST,
  },
  { type: 'room-locked', cause: 'removal' },
  {
    type: 'participant-joined',
    participant: { ...guest(4), joinedAt: 1, connection: 'connected' },
  },
  { type: 'knock-admitted', knock: knock(0), by: HOST },
  { type: 'knock-received', knock: knock(0) },
  { type: 'role-changed', participant: { ...guest(2), role: 'host' }, by: HOST },
  { type: 'invitation-created', invitation: invitation(0), by: HOST },
  { type: 'participant-left', participant: guest(7), reason: 'left' },
  {
    type: 'participant-joined',
    participant: { ...guest(7), joinedAt: 1, connection: 'connected' },
  },
];

/** The panel at one of its tabs. */
const peopleTab =
  (tab: 'people' | 'access' | 'activity' | 'note', more?: Scene): Scene =>
  async (store, room) => {
    store.setAccessList(accessList);
    const events = HAPPENED.map((event, index) => ({
      id: `e${index}`,
      seq: 90 - index,
      at: Date.now() - index * 400 * MINUTE * (index > 5 ? 1 : 0.01),
      room: 'acme',
      ...event,
    })) as RoomEvent[];
    store.activities = [{ events, more: true }];
    const people = await until(() => inShadow(inShadow(room, 'meeting-panel'), 'meeting-people'));
    (await until(() => inShadow(people, `#${tab}`))).click();
    await more?.(store, room);
  };

const accessOf = (room: MeetingRoom): HTMLElement | undefined =>
  inShadow(inShadow(inShadow(room, 'meeting-panel'), 'meeting-people'), 'meeting-access');

/** Makes an invitation by the form, or tries to without a name. */
const invite =
  (name: string): Scene =>
  async (_, room) => {
    const form = await until(() => inShadow(accessOf(room), 'meeting-invite'));
    const box = (await until(() => inShadow(form, 'input[name=name]'))) as HTMLInputElement;
    box.value = name;
    inShadow(form, '.primary')?.click();
    const shown = await until(() => inShadow(form, name ? '.new' : '.problem'));
    shown.scrollIntoView({ block: 'center' });
  };

/** Opens the menu of the row at `index`. */
const personMenu =
  (index: number): Scene =>
  async (_, room) => {
    const row = await until(
      () => peopleList(room)?.shadowRoot?.querySelectorAll('meeting-person')[index],
    );
    const button = await until(() => inShadow(row, '.options'));
    button.click();
    await until(() => inShadow(row, '.menu:popover-open'));
  };

/** Opens the leave menu by key. */
const leaveMenu =
  (count: number): Scene =>
  async (store, room) => {
    await call(count)(store, room);
    const menu = await until(() => inShadow(inShadow(room, 'meeting-controls'), 'leave-menu'));
    const button = await until(() => inShadow(menu, 'button'));
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  };

const connection =
  (state: ConnectionState, count = 5): Scene =>
  async (store, room) => {
    await call(count)(store, room);
    store.connection.value = state;
  };

const exit = (reason: ExitReason, next: NextStep, more: Partial<Exit> = {}): Scene => {
  const at = new Date(2026, 0, 1, 14, 30).getTime();
  return (store) => {
    store.connection.value = { phase: 'out', exit: { ...EXIT, reason, next, at, ...more } };
  };
};

const failed =
  (code: ErrorCode): Scene =>
  (store) => {
    store.connection.value = { phase: 'idle', error: new MeetingError(code, code) };
  };

export const inShadow = (
  host: Element | null | undefined,
  selector: string,
): HTMLElement | undefined => host?.shadowRoot?.querySelector<HTMLElement>(selector) ?? undefined;

const tileOf = (room: MeetingRoom, index: number): HTMLElement | undefined =>
  inShadow(room, 'meeting-grid')?.shadowRoot?.querySelectorAll<HTMLElement>('participant-tile')[
    index
  ];

/** Clicks Remove on the second tile, and says yes when `sure`. */
const remove =
  (sure: boolean): Scene =>
  async (store, room) => {
    await call(5)(store, room);
    const button = await until(() => inShadow(tileOf(room, 1), '.remove'));
    button.click();
    const dialog = await until(() => inShadow(inShadow(room, 'meeting-confirm'), 'dialog[open]'));
    if (sure) {
      dialog.querySelector<HTMLElement>('.danger')?.click();
      store.gone('p_1');
      await until(() => inShadow(inShadow(room, 'meeting-toasts'), '.toast'));
    }
  };

/** Waits frame by frame until `find` finds something. */
export async function until<T>(find: () => T | undefined | null): Promise<T> {
  const end = performance.now() + 10_000;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Never came: ${find.toString()}`);
    await new Promise(requestAnimationFrame);
  }
}

export const SCENES: Readonly<Record<string, Scene>> = {
  'lobby-camera': (store) => {
    store.devices.value = {
      camera: { phase: 'on' },
      microphone: { phase: 'on' },
      preview: paintedCamera(0),
      audioBlocked: false,
    };
  },
  'lobby-off': (store) => {
    store.failures.set('setCamera', new MeetingError('camera-missing', ''));
  },
  'lobby-blocked': (store) => {
    const blocked = (code: ErrorCode) => ({ phase: 'blocked', code }) as const;
    store.failures.set('setCamera', new MeetingError('camera-denied', ''));
    store.failures.set('setMicrophone', new MeetingError('microphone-missing', ''));
    store.devices.value = {
      camera: blocked('camera-denied'),
      microphone: blocked('microphone-missing'),
      audioBlocked: false,
    };
  },
  'lobby-locked': failed('room-locked'),
  'lobby-expired': failed('entry-token-expired'),
  'lobby-unreachable': failed('server-unreachable'),
  'lobby-knock': lobby({ phase: 'known', access: 'knock', here: false }),
  'lobby-knock-off': (store) => {
    store.failures.set('setCamera', new MeetingError('camera-missing', ''));
    store.access.value = { phase: 'known', access: 'knock', here: false };
  },
  'lobby-here': lobby({ phase: 'known', access: 'always', here: true, name: 'Ana Ribeiro' }),
  'lobby-here-full': async (store, room) => {
    const access = { phase: 'known', access: 'always', here: true, name: 'Ana Ribeiro' } as const;
    await lobby(access)(store, room);
    await failed('too-many-stays')(store, room);
  },
  'lobby-key-revoked': lobby({
    ...{ phase: 'known', access: 'knock', here: false },
    key: new MeetingError('access-key-revoked', ''),
  }),
  'lobby-vetoed': async (store, room) => {
    await lobby({ phase: 'known', access: 'knock', here: false })(store, room);
    room.addEventListener('knock-request', (event) => {
      event.waitUntil(Promise.resolve('The meeting starts at three. Come back then.'));
    });
    const form = await until(() => inShadow(inShadow(room, 'meeting-lobby'), '.show-me'));
    form.closest('form')?.requestSubmit();
    await until(() => inShadow(inShadow(room, 'meeting-lobby'), '.problem'));
  },
  'lobby-held': async (store, room) => {
    await lobby({ phase: 'known', access: 'knock', here: false })(store, room);
    room.addEventListener('knock-request', (event) => event.waitUntil(new Promise(() => {})));
    const form = await until(() => inShadow(inShadow(room, 'meeting-lobby'), '.show-me'));
    form.closest('form')?.requestSubmit();
    await until(() => store.requests.value.size > 0);
  },
  'lobby-named': lobby({ phase: 'known', access: 'always', here: false, name: 'Ana Ribeiro' }),
  'lobby-checking': lobby({ phase: 'checking' }),
  waiting: waiting(false),
  'waiting-offline': waiting(true),
  chat: chat(),
  'chat-unread': chat((store) => {
    store.chatMark.value = { read: 5, unread: 3 };
    store.typing.value = [{ identity: 'p_1', private: false }];
  }),
  'chat-files': chat(undefined, [
    ...talk(6),
    ...FILES.slice(0, 2).map((file, index) => ({
      ...{ id: `m_f${index}`, seq: 20 + index, at: Date.now(), text: '', file },
      ...{ by: file.by as Participant, state: 'sent' as const },
    })),
    {
      ...{ id: 'm_gone', seq: 30, at: Date.now(), text: 'The old one', state: 'sent' as const },
      ...{ by: FILES[1]?.by as Participant, file: { id: 'f_9', gone: true } },
    },
  ]),
  'chat-empty': chat(undefined, []),
  'chat-unsent': chat(
    undefined,
    talk(4).map((message, index) => ({
      ...message,
      ...(index === 2 && { state: 'failed' as const, error: new MeetingError('chat-full', '') }),
      ...(index === 3 && { state: 'sending' as const }),
    })),
  ),
  'waiting-seen': waiting(false, { camera: true }),
  'waiting-camera-failed': async (store, room) => {
    await waiting(false)(store, room);
    const error = new MeetingError('camera-denied', '');
    store.devices.value = {
      camera: { phase: 'blocked', code: 'camera-denied' },
      microphone: { phase: 'off' },
      audioBlocked: false,
    };
    store.requests.value = new Map([[requestKey('knock-camera'), { phase: 'failed', error }]]);
  },
  'knocks-camera-1': withCamera(1, 1),
  'knocks-camera-3': withCamera(3, 1),
  'knocks-camera-7': withCamera(7, 3),
  'knocks-1': knocks(1),
  'knocks-3': knocks(3),
  'knocks-7': knocks(7),
  'knocks-pending': knocks(2, (store) => {
    store.requests.value = new Map([[requestKey('knock-admit', 'k_0'), { phase: 'pending' }]]);
  }),
  'knocks-decided': knocks(2, (store) => {
    const decided = knock(0);
    store.tell({
      type: 'knock-admitted',
      id: 'e',
      seq: 2,
      at: 0,
      room: 'acme',
      knock: decided,
      by: { ...HOST, identity: 'p_4', name: 'Priya Natarajan' },
    });
  }),
  'leave-menu': leaveMenu(5),
  ...fileScenes(call(4)),
  ...boardScenes(call(4)),
  ...screenScenes(call(5), call(5, 'guest')),
  'people-1': beside(1),
  'people-5': beside(5),
  'people-guest': beside(5, 'guest'),
  'people-200': beside(200),
  'people-menu': beside(5, 'host', personMenu(1)),
  'people-menu-self': beside(2, 'host', personMenu(0)),
  'people-outside': beside(3, 'host', peopleTab('people')),
  'people-access': beside(3, 'host', peopleTab('access')),
  'people-access-end': beside(
    3,
    'host',
    peopleTab('access', async (_, room) => {
      const details = await until(() => inShadow(accessOf(room), 'section:last-child details'));
      (details as HTMLDetailsElement).open = true;
      details.scrollIntoView({ block: 'end' });
    }),
  ),
  'people-access-empty': beside(1, 'host', async (store, room) => {
    await peopleTab('access')(store, room);
    store.setAccessList({});
  }),
  'people-access-failed': beside(1, 'host', async (store, room) => {
    await peopleTab('access')(store, room);
    store.accessList.value = { phase: 'failed', error: new MeetingError('server-unreachable', '') };
  }),
  'people-invited': beside(3, 'host', peopleTab('access', invite('Noor'))),
  'people-invite-wrong': beside(3, 'host', peopleTab('access', invite(''))),
  'people-activity': beside(3, 'host', peopleTab('activity')),
  'people-note': beside(3, 'host', async (store, room) => {
    store.note = { text: 'Ask about the roof.\n\nWeber wants the offer by Friday.', version: 3 };
    await peopleTab('note')(store, room);
  }),
  'controls-more': async (store, room) => {
    await call(5)(store, room);
    const more = await until(() => inShadow(inShadow(room, 'meeting-controls'), 'meeting-more'));
    inShadow(more, 'button')?.click();
  },
  ending: async (store, room) => {
    await call(5)(store, room);
    store.requests.value = new Map([[requestKey('call-end'), { phase: 'pending' }]]);
  },
  'toast-others-left': async (store, room) => {
    await call(1)(store, room);
    room.dispatchEvent(new CallEndRequestEvent(true));
    await until(() => inShadow(inShadow(room, 'meeting-toasts'), '.toast'));
  },
  'lobby-joining': (store) => void (store.connection.value = { phase: 'joining', resuming: false }),
  resuming: (store) => void (store.connection.value = { phase: 'joining', resuming: true }),
  'call-1': call(1),
  'call-2': call(2),
  'call-3': call(3),
  'call-5': call(5),
  'call-9': call(9),
  'call-25': call(25),
  'call-30': call(30),
  'speaker-2': speaker(2),
  'speaker-5': speaker(5),
  'speaker-30': speaker(30),
  'call-hover': async (store, room) => {
    await call(5)(store, room);
    const button = await until(() => inShadow(tileOf(room, 1), '.remove'));
    button.focus();
  },
  'call-troubles': async (store, room) => {
    await call(5)(store, room);
    const second = store.participant('p_1');
    if (second.value) second.value = { ...second.value, connection: 'reconnecting' };
    store.media('p_3').value = { ...store.media('p_3').value, quality: 'poor' };
    store.media('p_4').value = { ...store.media('p_4').value, quality: 'lost' };
  },
  'call-devices-off': async (store, room) => {
    await call(2)(store, room);
    store.devices.value = {
      camera: { phase: 'off' },
      microphone: { phase: 'blocked', code: 'microphone-denied' },
      audioBlocked: true,
    };
  },
  removing: async (store, room) => {
    await call(5)(store, room);
    store.requests.value = new Map([
      [requestKey('participant-remove', 'p_1'), { phase: 'pending' }],
    ]);
  },
  confirm: remove(false),
  toast: async (store, room) => {
    store.removal = { seq: 1, settled: true, locked: true };
    await remove(true)(store, room);
  },
  reconnecting: connection({ phase: 'reconnecting', why: 'network', since: 0 }),
  'media-blocked': connection({ phase: 'reconnecting', why: 'media-blocked', since: 0 }),
  'exit-left': (store) => {
    const until = Date.now() + 102_000;
    const exit: Exit = { reason: 'left', next: 'rejoin', at: until - 120_000, until };
    store.connection.value = { phase: 'out', exit };
  },
  'exit-left-over': (store) => {
    store.access.value = { phase: 'known', access: 'knock', here: false };
    const exit: Exit = { reason: 'left', next: 'rejoin', at: 1, until: 2 };
    store.connection.value = { phase: 'out', exit };
  },
  'exit-forward': async (store, room) => {
    room.forwardUrl = 'https://example.com/thanks';
    await exit('ended', 'knock', { by: HOST })(store, room);
    store.tell({ type: 'meeting-left', reason: 'ended', by: HOST, next: 'knock', at: 1 });
    await until(() => inShadow(inShadow(room, 'meeting-notice'), '.forward'));
  },
  'exit-ended-by-me': async (store, room) => {
    await call(2)(store, room);
    await exit('ended', 'enter', { by: { ...HOST, identity: 'p_0' } })(store, room);
  },
  'exit-network-over': exit('network', 'knock'),
  'exit-removed': exit('removed', 'knock', { by: HOST, note: 'Please come back after the break.' }),
  'exit-removed-not-yet': async (store, room) => {
    await exit('removed', 'knock', { by: HOST })(store, room);
    store.failures.set('comeBack', new MeetingError('room-locked', ''));
    const notice = await until(() => inShadow(room, 'meeting-notice'));
    const button = await until(() => inShadow(notice, '.primary'));
    button.click();
    await until(() => inShadow(notice, '.answer')?.textContent);
  },
  'exit-blocked': exit('removed', 'none', { by: HOST }),
  'exit-ended': exit('ended', 'knock', { by: HOST }),
  'exit-reset': exit('reset', 'enter', { by: HOST }),
  'exit-denied': exit('denied', 'knock', { note: 'We are nearly done, see you at three.' }),
  'exit-denied-early': (store) => {
    const at = Date.now() - 18_000;
    const exit: Exit = { reason: 'denied', at, next: 'knock', from: at + 60_000 };
    store.connection.value = { phase: 'out', exit };
  },
  'exit-expired': exit('expired', 'knock'),
  'exit-withdrawn': exit('withdrawn', 'knock'),
  'exit-replaced': exit('replaced', 'takeover'),
  'exit-network': exit('network', 'rejoin'),
  'exit-server': exit('server', 'rejoin'),
};
