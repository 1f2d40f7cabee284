import type { RoomOptions } from '../../core/state.ts';
import type { MeetingRoom } from './meeting-room.ts';

/** What of a room's properties says how to reach it, and by which right. */
export const OPTIONS = [
  'server',
  'room',
  'name',
  'entryToken',
  'accessKey',
  'credentials',
] as const satisfies readonly (keyof RoomOptions & keyof MeetingRoom)[];

/** The same, as the headless room takes it; empty is not there. */
export function optionsOf(element: MeetingRoom): RoomOptions {
  const { server, room, name, entryToken, accessKey, credentials } = element;
  return {
    ...{ server, room },
    ...(name && { name }),
    ...(entryToken && { entryToken }),
    ...(accessKey && { accessKey }),
    ...(credentials && { credentials }),
  };
}
