/** The connection is back; state is what it is now. */
export class MeetingReconnectedEvent extends Event {
  constructor() {
    super('meeting-reconnected');
  }
}
