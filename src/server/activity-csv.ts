import type { RoomEvent } from '../protocol/events.ts';
import type { Knock } from '../protocol/knock.ts';
import type { Actor, Participant } from '../protocol/participant.ts';

/** A spreadsheet takes the file for UTF-8 only with this. */
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS = [
  'at',
  'type',
  'room',
  'participant',
  'person',
  'role',
  'by',
  'reason',
  'note',
  'seq',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** The first line of the file. */
export const CSV_HEADER = `${BYTE_ORDER_MARK}${COLUMNS.join(',')}\r\n`;

/** One event as one line, RFC 4180. */
export function toCsvLine(event: RoomEvent): string {
  const { at, type, room, seq, by } = event;
  const row: Row = {
    at: new Date(at).toISOString(),
    type,
    room,
    seq: String(seq),
    by: nameOf(by),
    ...whomOf(event),
    reason: reasonOf(event),
    note: noteOf(event),
  };
  return `${COLUMNS.map((column) => toCell(row[column] ?? '')).join(',')}\r\n`;
}

/** A spreadsheet would run what begins like a formula, whoever wrote it: a name, say. */
function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function nameOf(actor: Actor | undefined): string {
  if (actor === undefined) return '';
  return 'kind' in actor ? 'server' : actor.name;
}

function whomOf(event: RoomEvent): Row {
  if ('participant' in event) return describe(event.participant);
  if ('knock' in event) return describe({ ...event.knock, role: 'guest' });
  if ('invitation' in event) {
    const { name, email, access } = event.invitation;
    return { participant: name ?? email ?? '', role: access === 'host' ? 'host' : 'guest' };
  }
  return {};
}

const describe = ({ name, person, role }: Pick<Participant, 'name' | 'person' | 'role'>): Row => ({
  participant: name,
  person,
  role,
});

function reasonOf(event: RoomEvent): string {
  if ('reason' in event) return event.reason;
  if ('parts' in event) return event.parts.join(' ');
  if ('access' in event) return event.access;
  if ('keptHost' in event && event.keptHost) return 'kept-host';
  return ('cause' in event && event.cause) || '';
}

/** What a host said to the person, or the person to the hosts. */
function noteOf(event: RoomEvent): string {
  if ('note' in event && event.note !== undefined) return event.note;
  const knock: Partial<Knock> = 'knock' in event ? event.knock : {};
  return knock.message ?? '';
}
