/** This page lost its connection and tries to get it back by itself. */
export class MeetingReconnectingEvent extends Event {
  /** What is away: the network, our server, or the path for media while signalling works. */
  readonly why: 'network' | 'server' | 'media-blocked';

  constructor(why: 'network' | 'server' | 'media-blocked') {
    super('meeting-reconnecting');
    this.why = why;
  }
}
