import {
  ConnectionQuality,
  type Participant,
  ParticipantKind,
  type RemoteParticipant,
  type Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import type { MediaState, ParticipantState } from '../state.ts';
import type { LinkHearer } from './port.ts';
import { VideoSources } from './video-source.ts';

const QUALITY: Readonly<Record<ConnectionQuality, MediaState['quality']>> = {
  [ConnectionQuality.Excellent]: 'good',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
  [ConnectionQuality.Unknown]: 'unknown',
};

const MACHINES: Partial<Record<ParticipantKind, ParticipantState['kind']>> = {
  [ParticipantKind.AGENT]: 'agent',
  [ParticipantKind.EGRESS]: 'recorder',
  [ParticipantKind.INGRESS]: 'ingress',
  [ParticipantKind.SIP]: 'phone',
};

/**
 * Tells what LiveKit receives: pictures, microphones, speaking, quality, machines; and plays the
 * sound of those who are in the roster. LiveKit's data messages are nobody's word and not heard.
 */
export class RemoteMedia {
  readonly #room: Room;
  readonly #hear: LinkHearer;
  readonly #sources = new VideoSources();
  #roster: ReadonlySet<string> = new Set();

  constructor(room: Room, hear: LinkHearer) {
    this.#room = room;
    this.#hear = hear;
    const follow = (participant: Participant): void => this.#follow(participant);
    room
      .on(RoomEvent.ParticipantConnected, follow)
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#gone(participant))
      .on(RoomEvent.TrackPublished, (_publication, participant) => follow(participant))
      .on(RoomEvent.TrackUnpublished, (_publication, participant) => follow(participant))
      .on(RoomEvent.TrackSubscribed, (_track, _publication, participant) => follow(participant))
      .on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) => {
        track.detach();
        follow(participant);
      })
      .on(RoomEvent.TrackMuted, (_publication, participant) => follow(participant))
      .on(RoomEvent.TrackUnmuted, (_publication, participant) => follow(participant))
      .on(RoomEvent.ParticipantNameChanged, (_name, participant) => follow(participant))
      .on(RoomEvent.ConnectionQualityChanged, (quality, { identity }) =>
        hear.media(identity, { quality: QUALITY[quality] }),
      )
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) =>
        hear.speaking(speakers.map(({ identity }) => identity)),
      );
  }

  /** Everybody who is there already: joining LiveKit tells of them by no event. */
  followAll(): void {
    for (const participant of this.#room.remoteParticipants.values()) this.#follow(participant);
  }

  setRoster(identities: readonly string[]): void {
    const last = this.#roster;
    this.#roster = new Set(identities);
    for (const participant of this.#room.remoteParticipants.values()) {
      if (last.has(participant.identity) !== this.#roster.has(participant.identity)) {
        this.#play(participant);
      }
    }
  }

  /** Silences everybody; called when nobody listens any more. */
  dispose(): void {
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const { track } of participant.trackPublications.values()) track?.detach();
    }
  }

  #follow(participant: Participant): void {
    if (participant.isLocal) return;
    const { identity } = participant;
    const kind = MACHINES[participant.kind];
    if (kind) this.#hear.machine(machineOf(participant, kind));
    const camera = participant.getTrackPublication(Track.Source.Camera);
    const display = participant.getTrackPublication(Track.Source.ScreenShare);
    const microphone = participant.getTrackPublication(Track.Source.Microphone);
    const shown = camera && !camera.isMuted ? this.#sources.of(camera.track) : undefined;
    const screen = this.#sources.of(display?.track);
    const sound = !microphone ? 'none' : microphone.isMuted ? 'muted' : 'on';
    this.#hear.media(identity, { camera: shown, screen, microphone: sound });
    const remote = this.#room.remoteParticipants.get(identity);
    if (remote) this.#play(remote);
  }

  #gone(participant: RemoteParticipant): void {
    for (const { track } of participant.trackPublications.values()) track?.detach();
    this.#hear.mediaGone(participant.identity);
    if (MACHINES[participant.kind]) this.#hear.machineGone(participant.identity);
  }

  /** Plays somebody's sound in elements of its own when they are in the roster, else silences it. */
  #play(participant: RemoteParticipant): void {
    const audible = this.#roster.has(participant.identity) || participant.kind in MACHINES;
    for (const { track } of participant.audioTrackPublications.values()) {
      if (!track) continue;
      if (!audible) track.detach();
      else if (track.attachedElements.length === 0) track.attach();
    }
  }
}

function machineOf(participant: Participant, kind: ParticipantState['kind']): ParticipantState {
  const { identity, name, joinedAt } = participant;
  return {
    identity,
    name: name ?? '',
    role: 'guest',
    person: identity,
    connection: 'connected',
    joinedAt: joinedAt?.getTime() ?? 0,
    self: false,
    kind,
  };
}
