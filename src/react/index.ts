/**
 * For React 19 and later, which gives custom elements their properties and listens to their events by
 * itself: registers the elements as `./define` does, and tells TypeScript what they take in JSX.
 *
 * @example
 * <meeting-room server={base} room="acme" entryToken={fetchToken} onmeeting-left={({ reason }) => …} />
 */
import type { HTMLAttributes, RefAttributes } from 'react';
import type { LitElement } from 'lit';
import '../define/all.ts';
import type { LeaveMenu } from '../elements/leave-menu/leave-menu.ts';
import type { MeetingChat } from '../elements/meeting-chat/meeting-chat.ts';
import type { MeetingControls } from '../elements/meeting-controls/meeting-controls.ts';
import type { MeetingFiles } from '../elements/meeting-files/meeting-files.ts';
import type { MeetingGrid } from '../elements/meeting-grid/meeting-grid.ts';
import type { MeetingKnocks } from '../elements/meeting-knocks/meeting-knocks.ts';
import type { MeetingNotice } from '../elements/meeting-notice/meeting-notice.ts';
import type { MeetingPeople } from '../elements/meeting-people/meeting-people.ts';
import type { MeetingRecordings } from '../elements/meeting-recordings/meeting-recordings.ts';
import type { MeetingRoom } from '../elements/meeting-room/meeting-room.ts';
import type { MeetingScreen } from '../elements/meeting-screen/meeting-screen.ts';
import type { MeetingWhiteboard } from '../elements/meeting-whiteboard/meeting-whiteboard.ts';
import type { ParticipantTile } from '../elements/participant-tile/participant-tile.ts';
import type { RoomSettings } from '../elements/room-settings/room-settings.ts';
import type { MeetingRequestEventMap, MeetingRoomEventMap } from '../events/map.ts';

/** What an element has of its own, without methods. */
type OwnProperties<E> = {
  [
    K in Exclude<keyof E, keyof LitElement> as E[K] extends (...args: never[]) => unknown
      ? never
      : K
  ]?: E[K];
};

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Kebab<Rest>}`
    : `-${Lowercase<First>}${Kebab<Rest>}`
  : Name;

/** The same as attributes, which a server can render. */
type OwnAttributes<E> = {
  [K in keyof OwnProperties<E> & string as Kebab<K> extends K ? never : Kebab<K>]?: Extract<
    OwnProperties<E>[K],
    string | number | boolean | null | undefined
  >;
};

type Listeners<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: (event: Events[Name]) => void;
};

/** What JSX takes for an element: its properties, its attributes, its events, and all that HTML has. */
export type MeetingProps<E, Events = MeetingRequestEventMap> = HTMLAttributes<E> &
  RefAttributes<E> &
  OwnProperties<E> &
  OwnAttributes<E> &
  Listeners<Events> & { class?: string };

/** The elements that a page may use, by their tags. */
export interface MeetingElements {
  'leave-menu': MeetingProps<LeaveMenu>;
  'meeting-chat': MeetingProps<MeetingChat>;
  'meeting-controls': MeetingProps<MeetingControls>;
  'meeting-files': MeetingProps<MeetingFiles>;
  'meeting-grid': MeetingProps<MeetingGrid>;
  'meeting-knocks': MeetingProps<MeetingKnocks>;
  'meeting-notice': MeetingProps<MeetingNotice>;
  'meeting-people': MeetingProps<MeetingPeople>;
  'meeting-recordings': MeetingProps<MeetingRecordings>;
  'meeting-room': MeetingProps<MeetingRoom, MeetingRoomEventMap>;
  'meeting-screen': MeetingProps<MeetingScreen>;
  'meeting-whiteboard': MeetingProps<MeetingWhiteboard>;
  'participant-tile': MeetingProps<ParticipantTile>;
  'room-settings': MeetingProps<RoomSettings>;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends MeetingElements {}
  }
}
