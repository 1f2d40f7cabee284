import { type RemoteTrack, Track } from 'livekit-client';
import type { VideoSource } from '../state.ts';

/** What was made of each track: the same source for the same track. */
export class VideoSources {
  readonly #sources = new WeakMap<RemoteTrack, VideoSource>();

  /** The picture of `track`; undefined when it is none. */
  of(track: Track | undefined): VideoSource | undefined {
    if (track?.kind !== Track.Kind.Video) return undefined;
    const remote = track as RemoteTrack;
    let source = this.#sources.get(remote);
    if (!source) {
      source = sourceOf(remote);
      this.#sources.set(remote, source);
    }
    return source;
  }
}

function sourceOf(track: RemoteTrack): VideoSource {
  return Object.freeze({
    id: track.sid ?? track.mediaStreamTrack.id,
    attach(video: HTMLVideoElement) {
      track.attach(video);
    },
    detach(video: HTMLVideoElement) {
      const shown = video.srcObject;
      const own =
        shown instanceof MediaStream && shown.getTracks().includes(track.mediaStreamTrack);
      track.detach(video);
      if (own) video.srcObject = null;
    },
  });
}
