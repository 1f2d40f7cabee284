import type { FeedMessage } from '../../protocol/feed.ts';
import { isRecord } from './guards.ts';

/** Every type of message that we know, and the fields without which it says nothing. */
const KNOWN: Readonly<Record<FeedMessage['type'], readonly Field[]>> = {
  head: ['seq'],
  withheld: ['seq'],
  admitted: [],
  'knock-presence': ['identity'],
  presence: ['identity'],
  'reset-progress': ['part'],
  typing: ['identity'],
  'whiteboard-update': ['id', 'update'],
  'whiteboard-behind': ['id'],
  'whiteboard-hint': ['id', 'identity'],
  over: ['exit'],
  'snapshot-needed': [],
  'participant-joined': ['seq', 'participant'],
  'participant-left': ['seq', 'participant'],
  'participant-removed': ['seq', 'participant'],
  'participant-restored': ['seq', 'participant'],
  'call-ended': ['seq'],
  'knock-received': ['seq', 'knock'],
  'knock-admitted': ['seq', 'knock'],
  'knock-denied': ['seq', 'knock'],
  'knock-over': ['seq', 'knock'],
  'room-locked': ['seq'],
  'room-unlocked': ['seq'],
  'presenter-mode-changed': ['seq'],
  'role-changed': ['seq', 'participant'],
  'invitation-created': ['seq', 'invitation'],
  'invitation-revoked': ['seq', 'invitation'],
  'link-changed': ['seq'],
  'pass-revoked': ['seq', 'participant'],
  'room-reset': ['seq', 'parts', 'receipt'],
  'room-restored': ['seq', 'parts'],
  'file-added': ['seq', 'file'],
  'file-deleted': ['seq', 'file'],
  'message-received': ['seq', 'message'],
  'message-edited': ['seq', 'message'],
  'message-deleted': ['seq', 'message'],
  'whiteboard-created': ['seq', 'whiteboard'],
  'whiteboard-changed': ['seq', 'whiteboard'],
  'whiteboard-cleared': ['seq', 'whiteboard'],
  'whiteboard-deleted': ['seq', 'whiteboard'],
  'recording-started': ['seq', 'recording'],
  'recording-consented': ['seq', 'recording', 'participant'],
  'recording-stopped': ['seq', 'recording'],
  'recording-added': ['seq', 'recording'],
  'recording-deleted': ['seq', 'recording'],
};

const FIELDS = {
  seq: Number.isInteger,
  identity: (value: unknown) => typeof value === 'string',
  exit: isRecord,
  participant: isRecord,
  knock: isRecord,
  invitation: isRecord,
  parts: Array.isArray,
  receipt: isRecord,
  part: (value: unknown) => typeof value === 'string',
  file: isRecord,
  message: isRecord,
  whiteboard: isRecord,
  recording: isRecord,
  id: (value: unknown) => typeof value === 'string',
  update: (value: unknown) => typeof value === 'string',
};
type Field = keyof typeof FIELDS;

/** A message that we know, or of one that we don't, its number if it has one. */
export type Said = { message: FeedMessage } | { seq?: number };

/**
 * What one frame of the feed says, in order. The server is ours; what we don't know comes from one
 * that is newer than this page.
 */
export function parse(data: unknown): Said[] {
  let frame: unknown;
  try {
    frame = JSON.parse(String(data));
  } catch {
    // Not JSON, so not from a server of ours; silence will end the connection.
    return [];
  }
  return (Array.isArray(frame) ? frame : [frame]).map(toSaid);
}

function toSaid(said: unknown): Said {
  if (!isRecord(said)) return {};
  if (isKnown(said)) return { message: said };
  return FIELDS.seq(said['seq']) ? { seq: Number(said['seq']) } : {};
}

function isKnown(said: Readonly<Record<string, unknown>>): said is FeedMessage {
  const { type } = said;
  if (typeof type !== 'string' || !Object.hasOwn(KNOWN, type)) return false;
  return KNOWN[type as FeedMessage['type']].every((field) => FIELDS[field](said[field]));
}
