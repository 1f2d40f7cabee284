import type { Me, RoomInfo } from '../protocol/snapshot.ts';

/** This page is in the call. Also after a reload that came back by itself. */
export class MeetingJoinedEvent extends Event {
  readonly me: Me;
  readonly room: RoomInfo;

  constructor(me: Me, room: RoomInfo) {
    super('meeting-joined');
    this.me = me;
    this.room = room;
  }
}
