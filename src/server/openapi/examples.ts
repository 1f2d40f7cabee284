import type { RoomEventOf } from '../../protocol/events.ts';
import type { RoomFile } from '../../protocol/file.ts';
import type { Invitation } from '../../protocol/invitation.ts';
import type { Knock } from '../../protocol/knock.ts';
import type { Participant, RosterEntry } from '../../protocol/participant.ts';
import type { Stem } from '../../protocol/paths.ts';
import type { Message } from '../../protocol/message.ts';
import type { Whiteboard } from '../../protocol/whiteboard.ts';
import type { Recording } from '../../protocol/recording.ts';
import type { ResetReceipt } from '../../protocol/reset.ts';
import type { Answer, Input } from '../../protocol/routes.ts';

/** What a route takes and answers, once. A file has no answer to show. */
type Examples = {
  [S in Stem]: { input: Input<S>; answer?: Answer<S> };
};

const at = 1_900_000_000_000;
const MINUTE = 60_000;

const identity = 'p_Zm9yLXRoZS1leGFtcGxlMQ';
const visitor = 'Zm9yLXRoZS1leGFtcGxlMQ';
const session = 'c2VjcmV0LW9mLWEtc3RheS1mb3ItdGhlLWV4YW1wbGU';
const key = 'c2VjcmV0LW9mLWFuLWludml0YXRpb24x';
const media = { door: 'wss://example.com/meeting', token: 'eyJhbGciOiJIUzI1NiJ9.…' };

const max: Participant = { identity, name: 'Max', role: 'guest', person: 'user-17' };
const hanna: Participant = {
  identity: 'p_Zm9yLXRoZS1leGFtcGxlMg',
  name: 'Hanna',
  role: 'host',
  person: 'user-1',
};
const joined: RosterEntry = { ...hanna, joinedAt: at, connection: 'connected' };
const knock: Knock = {
  identity,
  name: 'Kim',
  person: 'visitor_Zm9yLXRoZS1leGFtcGxlMw',
  message: 'It is about the kitchen',
  at,
  expiresAt: at + 10 * MINUTE,
  vouched: false,
  removedBefore: false,
  present: true,
  camera: false,
};
const invitation: Invitation = {
  id: 'v_Zm9yLXRoZS1leGFtcGxlMQ',
  name: 'Mia',
  email: 'mia@example.com',
  access: 'always',
  uses: 0,
  maxUses: 1,
  createdAt: at,
  by: { kind: 'server' },
  here: [],
};
const room = { name: 'acme', locked: true, presenterMode: false };
const snapshot = {
  seq: 7,
  room,
  me: { ...max, access: 'always' as const },
  roster: [joined],
  knocks: [],
  chat: { read: 7, unread: 2 },
  recordingConsent: 'tell' as const,
  recordingAgreed: [],
  recorders: ['browser' as const],
  ...media,
};
const left: RoomEventOf<'participant-left'> = {
  id: 'e_Zm9yLXRoZS1leGFtcGxlMQ',
  seq: 8,
  at,
  room: room.name,
  by: hanna,
  type: 'participant-left',
  participant: max,
  reason: 'removed',
};

const message: Message = {
  id: `m_${'0'.repeat(22)}`,
  seq: 9,
  at,
  by: max,
  text: 'The plan: https://example.com/plan',
};

const receipt: ResetReceipt = {
  startedAt: at,
  finishedAt: at + 12,
  parts: [{ part: 'access', count: 3 }],
  people: 0,
};

const file: RoomFile = {
  id: 'f_Zm9yLXRoZS1leGFtcGxlMQ',
  name: 'Kitchen plan.pdf',
  size: 184_300,
  type: 'application/pdf',
  preview: false,
  at,
  by: max,
};
const link = 'bGluay10by1hLWZpbGUtZm9yLXRoZS1leGFtcGxlLTE';

const whiteboard: Whiteboard = {
  id: `w_${'0'.repeat(22)}`,
  name: 'Kitchen',
  locked: false,
  at,
  by: max,
  gen: 1,
};

const recording: Recording = {
  id: `r_${'0'.repeat(22)}`,
  by: hanna,
  at,
  recorder: 'browser',
  state: 'running',
  name: 'acme 2030-03-17 17-46',
};
const kept: Recording = {
  ...recording,
  state: 'kept',
  duration: 10 * MINUTE,
  size: 180_000_000,
  type: 'video/mp4',
  name: `${recording.name}.mp4`,
};

export const EXAMPLES: Examples = {
  'call-check': { input: { visitor }, answer: { access: 'knock', here: false } },
  'call-enter': { input: { visitor, name: 'Max' }, answer: { ...snapshot, session } },
  'call-resume': { input: {}, answer: snapshot },
  'call-leave': { input: {}, answer: { seq: 8, until: at + 2 * MINUTE } },
  'call-end': { input: {}, answer: { seq: 12, settled: true, ended: 3 } },
  'participant-remove': {
    input: { identity, note: 'Back at 3', block: false },
    answer: { seq: 9, settled: true, locked: false },
  },
  'participant-restore': { input: { identity }, answer: { seq: 10 } },
  knock: {
    input: { visitor, name: 'Kim', message: 'It is about the kitchen' },
    answer: { seq: 7, knock, session },
  },
  'knock-withdraw': { input: {}, answer: { seq: 8 } },
  'knock-admit': { input: { identity }, answer: { seq: 8 } },
  'knock-deny': { input: { identity, note: 'Tomorrow, please' }, answer: { seq: 8 } },
  'knock-camera': { input: { on: true }, answer: { seq: 8, media } },
  'knock-look': { input: { identity }, answer: media },
  'presenter-mode': { input: { on: true }, answer: { seq: 8, on: true } },
  'room-lock': { input: { locked: false }, answer: { seq: 8, locked: false } },
  'role-set': { input: { identity, role: 'host' }, answer: { seq: 8 } },
  'link-set': { input: { access: 'always' }, answer: { seq: 8, access: 'always', key } },
  'invitation-create': {
    input: { name: 'Mia', email: 'mia@example.com', access: 'always', maxUses: 1 },
    answer: { seq: 8, invitation, key },
  },
  'invitation-revoke': {
    input: { id: invitation.id, remove: true },
    answer: { seq: 9, removed: 0 },
  },
  'pass-revoke': { input: { identity }, answer: { seq: 9 } },
  'room-reset': {
    input: { parts: ['access'] },
    answer: { seq: 10, settled: true, here: [], receipt },
  },
  'reset-restore': {
    input: { id: 'z_Zm9yLXRoZS1leGFtcGxlMQ' },
    answer: { seq: 11, parts: [{ part: 'chat', count: 128 }] },
  },
  'reset-purge': { input: { id: 'z_Zm9yLXRoZS1leGFtcGxlMQ' }, answer: { seq: 10 } },
  'note-read': { input: {}, answer: { text: 'Ask about the roof.', version: 3 } },
  'note-write': { input: { text: 'Ask about the roof.', version: 2 }, answer: { version: 3 } },
  'reset-preview': {
    input: {},
    answer: {
      ...{ seq: 9, parts: receipt.parts, people: 1, keptFor: 24 * 60 * MINUTE },
      restorable: [
        {
          ...{ id: 'z_Zm9yLXRoZS1leGFtcGxlMQ', at, until: at + 24 * 60 * MINUTE, by: hanna },
          parts: [{ part: 'chat', count: 128 }],
        },
      ],
    },
  },
  'file-list': {
    input: {},
    answer: {
      seq: 9,
      files: [file],
      usage: { bytes: file.size, files: 1 },
      limits: { fileBytes: 2_000_000_000, roomBytes: 10_000_000_000, roomFiles: 1_000 },
    },
  },
  'file-preview': { input: { id: file.id } },
  'file-preview-set': { input: { id: file.id, image: '/9j/4AAQ' }, answer: { seq: 9 } },
  'file-open': {
    input: { id: file.id },
    answer: { url: `https://example.com/meeting/rooms/acme/file-read?link=${link}`, until: at },
  },
  'file-read': { input: { link } },
  'file-delete': { input: { id: file.id }, answer: { seq: 10 } },
  'message-send': {
    input: { id: message.id, text: message.text },
    answer: { seq: 9, message },
  },
  'message-edit': {
    input: { id: message.id, text: 'The plan is here' },
    answer: { seq: 10, message: { ...message, text: 'The plan is here', editedAt: at } },
  },
  'message-delete': {
    input: { id: message.id },
    answer: { seq: 11, message: { ...message, text: '', deletedAt: at, deletedBy: max } },
  },
  'message-list': {
    input: { limit: '50' },
    answer: { seq: 9, messages: [message], more: false },
  },
  'message-read': { input: { read: 9 }, answer: { read: 9, unread: 0 } },
  'whiteboard-list': { input: {}, answer: { seq: 9, whiteboards: [whiteboard] } },
  'whiteboard-create': {
    input: { id: whiteboard.id, name: whiteboard.name },
    answer: { seq: 9, whiteboard },
  },
  'whiteboard-rename': {
    input: { id: whiteboard.id, name: 'Kitchen and hall' },
    answer: { seq: 10, whiteboard: { ...whiteboard, name: 'Kitchen and hall' } },
  },
  'whiteboard-lock': {
    input: { id: whiteboard.id, locked: true },
    answer: { seq: 10, whiteboard: { ...whiteboard, locked: true } },
  },
  'whiteboard-clear': {
    input: { id: whiteboard.id },
    answer: { seq: 10, whiteboard: { ...whiteboard, gen: 2 } },
  },
  'whiteboard-delete': { input: { id: whiteboard.id }, answer: { seq: 10 } },
  'whiteboard-read': {
    input: { id: whiteboard.id, after: '0' },
    answer: { gen: 1, n: 1, updates: ['AAA='], more: false },
  },
  'whiteboard-update': {
    input: { id: whiteboard.id, gen: 1, update: 'AAA=', key: '0'.repeat(22) },
    answer: { n: 1 },
  },
  'recording-start': {
    input: { id: recording.id, recorder: 'browser' },
    answer: { seq: 9, recording },
  },
  'recording-stop': { input: { id: recording.id }, answer: { seq: 10 } },
  'recording-consent': { input: { id: recording.id }, answer: { seq: 10 } },
  'recording-list': {
    input: {},
    answer: {
      seq: 9,
      recordings: [kept],
      usage: { bytes: 180_000_000, recordings: 1 },
      limits: { fileBytes: 10_000_000_000, roomBytes: 50_000_000_000 },
    },
  },
  'recording-open': {
    input: { id: recording.id },
    answer: {
      url: `https://example.com/meeting/rooms/acme/recording-read?link=${link}`,
      until: at,
    },
  },
  'recording-read': { input: { link } },
  'recording-delete': { input: { id: recording.id }, answer: { seq: 10 } },
  'room-read': { input: {}, answer: { seq: 7, room, roster: [joined], knocks: [knock] } },
  'access-list': {
    input: {},
    answer: {
      seq: 9,
      link: { access: 'always', createdAt: at },
      invitations: [invitation],
      passes: [{ participant: max, until: at + 2 * MINUTE }],
      excluded: [],
    },
  },
  activity: { input: { limit: '50' }, answer: { events: [left], more: false } },
  'activity-export': { input: { format: 'csv' } },
  events: { input: { after: '7' }, answer: { seq: 8, events: [left] } },
};
