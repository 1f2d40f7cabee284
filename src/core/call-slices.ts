import type { Slices } from './slices.ts';
import { AccessListSlice } from './slices/access-list.ts';
import { ClearedSlice } from './slices/cleared.ts';
import { ChatSlice } from './slices/chat.ts';
import { KnocksSlice } from './slices/knocks.ts';
import { MediaSlice } from './slices/media.ts';
import { PeopleSlice } from './slices/people.ts';

/** The slices of a room, with those that only a call writes. */
export interface CallSlices extends Slices {
  readonly people: PeopleSlice;
  readonly knocks: KnocksSlice;
  readonly accessList: AccessListSlice;
  readonly cleared: ClearedSlice;
  readonly chat: ChatSlice;
  readonly media: MediaSlice;
}

export function createCallSlices(slices: Slices): CallSlices {
  const { cells } = slices;
  return {
    ...slices,
    people: new PeopleSlice(cells),
    knocks: new KnocksSlice(cells),
    accessList: new AccessListSlice(cells),
    cleared: new ClearedSlice(cells),
    chat: new ChatSlice(cells),
    media: new MediaSlice(cells),
  };
}
