import type { Chat } from './chat.ts';
import type { ChatPorts } from './chat-ports.ts';
import type { RoomFiles } from './files/room-files.ts';
import { Lazy } from './lazy.ts';
import type { RecordingPorts, RoomRecordings } from './recording/room-recordings.ts';
import type { Slices } from './slices.ts';
import { requestKey } from './state.ts';
import type { StayPorts } from './stay-ports.ts';
import type { Visit } from './visit.ts';
import type { Boards, BoardsPorts } from './whiteboards/boards.ts';

/** The chat: for the first look at it, the first message, or one that an earlier page of this tab had. */
export function lazyChat(ports: ChatPorts): Lazy<Chat> {
  const { cells, chat } = ports.slices;
  const key = requestKey('message-list');
  return new Lazy({
    name: 'The chat',
    load: async () => new (await import('./chat.ts')).Chat(ports),
    isWanted: () =>
      cells.demand.counts.value.has(key) ||
      (chat.since.value > 0 && isKept(ports.place('written'))),
    failed: (error) => {
      cells.chat.value = Object.freeze({ phase: 'failed', error, more: false, messages: [] });
    },
  });
}

function isKept(place = ''): boolean {
  try {
    return sessionStorage.getItem(place) !== null;
  } catch {
    // Storage is forbidden: nothing was kept.
    return false;
  }
}

/** The whiteboards. */
export function lazyBoards(ports: BoardsPorts): Lazy<Boards> {
  const { cells } = ports.slices;
  const key = requestKey('whiteboard-list');
  return new Lazy({
    name: 'Whiteboards',
    load: async () => new (await import('./whiteboards/boards.ts')).Boards(ports),
    isWanted: () => cells.demand.counts.value.has(key),
    failed: (error) => {
      cells.whiteboards.value = Object.freeze({ phase: 'failed', error });
    },
  });
}

/** The files. What comes with a message is written in `chat`. */
export function lazyFiles(
  slices: Slices,
  visit: Visit,
  ports: StayPorts,
  chat: Lazy<Chat>,
): Lazy<RoomFiles> {
  const key = requestKey('file-list');
  const say = (file: string): void => {
    // The message itself says what came of it.
    void Promise.allSettled([chat.get().then((open) => open.sendMessage('', { file }))]);
  };
  return new Lazy({
    name: 'Files',
    load: async () =>
      new (await import('./files/room-files.ts')).RoomFiles(slices, visit, ports, say),
    isWanted: () => slices.cells.demand.counts.value.has(key),
    failed: (error) => {
      slices.cells.files.value = Object.freeze({ phase: 'failed', error });
    },
  });
}

/** The recordings. */
export function lazyRecordings(ports: RecordingPorts): Lazy<RoomRecordings> {
  const { cells, connection } = ports.slices;
  return new Lazy({
    name: 'Recordings',
    load: async () => new (await import('./recording/room-recordings.ts')).RoomRecordings(ports),
    isWanted: () => {
      const by = cells.recording.value?.running?.by;
      // Before a reload, it was this page that recorded: then nobody does now, and it must end.
      return by !== undefined && 'identity' in by && by.identity === connection.me.value?.identity;
    },
  });
}
