import { Facts } from './facts.ts';
import { ConnectionSlice } from './slices/connection.ts';
import { DevicesSlice } from './slices/devices.ts';
import { KnocksSlice } from './slices/knocks.ts';
import { MediaSlice } from './slices/media.ts';
import { PeopleSlice } from './slices/people.ts';
import { RequestsSlice } from './slices/requests.ts';

/** The state of one room, in parts that change for reasons of their own, and its facts. */
export interface Slices {
  readonly connection: ConnectionSlice;
  readonly people: PeopleSlice;
  readonly knocks: KnocksSlice;
  readonly media: MediaSlice;
  readonly devices: DevicesSlice;
  readonly requests: RequestsSlice;
  readonly facts: Facts;
}

export function createSlices(): Slices {
  return {
    connection: new ConnectionSlice(),
    people: new PeopleSlice(),
    knocks: new KnocksSlice(),
    media: new MediaSlice(),
    devices: new DevicesSlice(),
    requests: new RequestsSlice(),
    facts: new Facts(),
  };
}
