/** A MediaStreamTrack whose light is `readyState`. */
export class FakeTrack extends EventTarget {
  readonly id: string;
  readonly kind: 'audio' | 'video';
  enabled = true;
  contentHint = '';
  readyState: 'live' | 'ended' = 'live';

  constructor(kind: 'audio' | 'video', id: string) {
    super();
    this.kind = kind;
    this.id = id;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** Unplugged, or the permission was taken back. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

/** `navigator.mediaDevices` by the test's will. */
export class FakeDevices {
  readonly tracks: FakeTrack[] = [];
  /** While set, asking fails with it. */
  failure: Error | undefined;
  /** While set, asking waits for it. */
  hold: Promise<void> | undefined;

  /** The track of a shared screen's sound is there, too. */
  withSound = false;

  readonly mediaDevices = {
    getDisplayMedia: async () => {
      await this.hold;
      if (this.failure) throw this.failure;
      const screen = new FakeTrack('video', `screen-${this.tracks.length + 1}`);
      const sound = new FakeTrack('audio', `sound-${this.tracks.length + 1}`);
      const all = this.withSound ? [screen, sound] : [screen];
      this.tracks.push(...all);
      const of = (kind: string) => () => all.filter((track) => track.kind === kind);
      return { getTracks: () => all, getVideoTracks: of('video'), getAudioTracks: of('audio') };
    },
    getUserMedia: async ({ video }: MediaStreamConstraints) => {
      await this.hold;
      if (this.failure) throw this.failure;
      const track = new FakeTrack(video ? 'video' : 'audio', `track-${this.tracks.length + 1}`);
      this.tracks.push(track);
      return { getTracks: () => [track] };
    },
  };

  /** The tracks whose light is on. */
  get lights(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === 'live').map(({ id }) => id);
  }
}
