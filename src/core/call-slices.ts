import { type Signal, signal } from '@preact/signals-core';
import type { FeedMessage } from '../protocol/feed.ts';
import { ScreenShare } from './screen-share.ts';
import type { Slices } from './slices.ts';
import { AccessListSlice } from './slices/access-list.ts';
import { ClearedSlice } from './slices/cleared.ts';
import { ChatSlice } from './slices/chat.ts';
import { KnocksSlice } from './slices/knocks.ts';
import { MediaSlice } from './slices/media.ts';
import { PeopleSlice } from './slices/people.ts';
import { RecordingSlice } from './slices/recording.ts';

/** What the feed tells of a whiteboard that is watched. */
export type BoardMessage = Extract<
  FeedMessage,
  { type: 'whiteboard-update' | 'whiteboard-behind' | 'whiteboard-hint' }
>;

/** The feed, as far as whiteboards care. */
export interface BoardFeed {
  /** Whether the server speaks on a socket of ours. */
  readonly isOpen: Signal<boolean>;
  /** Who hears of boards; nobody until one is open. */
  hear: ((message: BoardMessage) => void) | undefined;
}

/** The slices of a room, with those that only a call writes. */
export interface CallSlices extends Slices {
  readonly people: PeopleSlice;
  readonly knocks: KnocksSlice;
  readonly accessList: AccessListSlice;
  readonly cleared: ClearedSlice;
  readonly chat: ChatSlice;
  readonly media: MediaSlice;
  readonly screen: ScreenShare;
  readonly recording: RecordingSlice;
  readonly boardFeed: BoardFeed;
}

export function createCallSlices(slices: Slices): CallSlices {
  const { cells } = slices;
  const media = new MediaSlice(cells);
  return {
    ...slices,
    people: new PeopleSlice(cells),
    knocks: new KnocksSlice(cells),
    accessList: new AccessListSlice(cells),
    cleared: new ClearedSlice(cells),
    chat: new ChatSlice(cells),
    media,
    screen: new ScreenShare(slices, media),
    recording: new RecordingSlice(cells),
    boardFeed: { isOpen: signal(false), hear: undefined },
  };
}
