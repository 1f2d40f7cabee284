import * as v from 'valibot';
import { MAX_BOARD_UPDATE_BYTES, MAX_WHITEBOARD_NAME_LENGTH } from '../limits.ts';
import { WhiteboardId } from '../names.ts';
import { PATHS } from '../paths.ts';
import { Whiteboard } from '../whiteboard.ts';
import { FORBIDDEN, nothing, position, type Route, seq } from './route.ts';

const boardName = v.pipe(v.string(), v.maxLength(MAX_WHITEBOARD_NAME_LENGTH * 2));
const one = v.strictObject({ id: WhiteboardId });
const told = v.object({ seq: v.number(), whiteboard: Whiteboard });

/** What a room keeps in whiteboards. What happens on one is told by the feed to who watches it. */
export const DRAWING = {
  'whiteboard-list': {
    stem: 'whiteboard-list',
    ...PATHS['whiteboard-list'],
    access: 'session',
    takesApiKey: true,
    input: nothing,
    answer: v.object({ seq: v.number(), whiteboards: v.array(Whiteboard) }),
    errors: [],
  },
  'whiteboard-create': {
    stem: 'whiteboard-create',
    ...PATHS['whiteboard-create'],
    access: 'session',
    takesApiKey: true,
    input: v.strictObject({ id: WhiteboardId, name: boardName }),
    answer: told,
    errors: ['too-many-whiteboards', 'presenter-mode', ...FORBIDDEN],
  },
  /** One's own; hosts any. */
  'whiteboard-rename': {
    stem: 'whiteboard-rename',
    ...PATHS['whiteboard-rename'],
    access: 'session',
    takesApiKey: true,
    input: v.strictObject({ id: WhiteboardId, name: boardName }),
    answer: told,
    errors: ['whiteboard-not-found', 'not-yours', 'presenter-mode', ...FORBIDDEN],
  },
  'whiteboard-lock': {
    stem: 'whiteboard-lock',
    ...PATHS['whiteboard-lock'],
    access: 'host',
    input: v.strictObject({ id: WhiteboardId, locked: v.boolean() }),
    answer: told,
    errors: ['whiteboard-not-found'],
  },
  'whiteboard-clear': {
    stem: 'whiteboard-clear',
    ...PATHS['whiteboard-clear'],
    access: 'host',
    input: one,
    answer: told,
    errors: ['whiteboard-not-found'],
  },
  'whiteboard-delete': {
    stem: 'whiteboard-delete',
    ...PATHS['whiteboard-delete'],
    access: 'host',
    input: one,
    answer: seq,
    errors: ['whiteboard-not-found'],
  },
  /** What came after update `after`, in pages; all of it without. */
  'whiteboard-read': {
    stem: 'whiteboard-read',
    ...PATHS['whiteboard-read'],
    access: 'session',
    takesApiKey: true,
    input: v.strictObject({ id: WhiteboardId, after: v.optional(position) }),
    answer: v.object({
      gen: v.number(),
      /** The number of the last update in it; where there is none, of the last one there was. */
      n: v.number(),
      /** Yjs updates in base64. */
      updates: v.array(v.string()),
      more: v.boolean(),
    }),
    errors: ['whiteboard-not-found'],
  },
  /** Again with the same key, it is the same update. */
  'whiteboard-update': {
    stem: 'whiteboard-update',
    ...PATHS['whiteboard-update'],
    access: 'session',
    maxBytes: MAX_BOARD_UPDATE_BYTES + 1_000,
    input: v.strictObject({
      id: WhiteboardId,
      gen: v.pipe(v.number(), v.integer(), v.minValue(1)),
      update: v.pipe(v.string(), v.base64(), v.maxLength(MAX_BOARD_UPDATE_BYTES)),
      key: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
    }),
    answer: v.object({ n: v.number() }),
    errors: [
      'whiteboard-not-found',
      'whiteboard-cleared',
      'whiteboard-locked',
      'whiteboard-full',
      'presenter-mode',
    ],
  },
} as const satisfies Record<string, Route>;
