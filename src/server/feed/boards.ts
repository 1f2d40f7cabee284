import type { FeedMessage, FeedSays } from '../../protocol/feed.ts';
import { MAX_TOLD_UPDATE_BYTES, MAX_WATCHED_BOARDS } from '../../protocol/limits.ts';
import type { Ports } from '../rules/change.ts';
import { findUpdate } from '../rules/board-updates.ts';
import type { Notice } from '../storage/storage.ts';
import type { FeedSocket } from './feed-socket.ts';

type Watch = Extract<FeedSays, { type: 'whiteboard-watch' }>;
type Grown = Extract<Notice, { kind: 'board' }>;
type Hinted = Extract<Notice, { kind: 'board-hint' }>;

/** A page has a whiteboard open, or no longer: it hears what comes, and whether it missed something. */
export async function watchBoard(
  { storage }: Ports,
  roomId: string,
  socket: FeedSocket,
  { id, on, after, gen }: Watch,
): Promise<void> {
  if (!on) {
    socket.boards.delete(id);
    return;
  }
  if (socket.boards.size >= MAX_WATCHED_BOARDS && !socket.boards.has(id)) return;
  socket.boards.add(id);
  const now = await storage.db
    .selectFrom('whiteboards')
    .select(['gen', 'n'])
    .where('room_id', '=', roomId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (now && (now.n > after || now.gen !== gen)) {
    socket.send({ type: 'whiteboard-behind', id, ...now });
  }
}

/** Tells who watches a whiteboard what was drawn; a large update is for them to fetch. */
export async function tellUpdate(
  { storage }: Ports,
  { room, id, gen, n }: Grown,
  sockets: Iterable<FeedSocket>,
): Promise<void> {
  const watching = [...sockets].filter(({ boards }) => boards.has(id));
  if (watching.length === 0) return;
  const row = await findUpdate(storage.db, room, id, n);
  const update = Buffer.from(row?.bytes ?? []).toString('base64');
  const isTold = row !== undefined && update.length <= MAX_TOLD_UPDATE_BYTES;
  const message: FeedMessage = isTold
    ? { type: 'whiteboard-update', id, gen, n, update, by: row.identity }
    : { type: 'whiteboard-behind', id, gen, n };
  for (const socket of watching) socket.send(message);
}

/** Tells who watches a whiteboard where somebody else points. */
export function tellHint({ id, identity, hint }: Hinted, sockets: Iterable<FeedSocket>): void {
  for (const socket of sockets) {
    if (socket.identity === identity || !socket.boards.has(id)) continue;
    socket.send({ type: 'whiteboard-hint', id, identity, ...hint });
  }
}

/** Whether guests draw on it now. */
export async function isForAll({ storage }: Ports, roomId: string, id: string): Promise<boolean> {
  const open = await storage.db
    .selectFrom('whiteboards')
    .innerJoin('rooms', 'rooms.id', 'whiteboards.room_id')
    .select('whiteboards.id')
    .where('whiteboards.room_id', '=', roomId)
    .where('whiteboards.id', '=', id)
    .where('whiteboards.locked', '=', false)
    .where('rooms.presenter_mode', '=', false)
    .executeTakeFirst();
  return open !== undefined;
}
