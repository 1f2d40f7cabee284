import type { ReadonlySignal } from '@preact/signals-core';
import type { ChoosesDevices } from './device-state.ts';
import type { ErrorCode, MeetingError } from '../protocol/meeting-error.ts';
import type { RoomEvent } from '../protocol/events.ts';
import type { Exit } from '../protocol/exit.ts';
import type { LinkAccess } from '../protocol/invitation.ts';
import type { Knock } from '../protocol/knock.ts';
import type { Connection, Participant, Role } from '../protocol/participant.ts';
import type { Stem } from '../protocol/paths.ts';
import type { ResetCount, ResetPart } from '../protocol/reset.ts';
import type { Action, Explanation } from '../protocol/permissions.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Me, RoomInfo } from '../protocol/snapshot.ts';
import type { AccessListState, AccessState } from './access-state.ts';
import type { BoardStore } from './board-state.ts';
import type { FileStore } from './file-state.ts';
import type { RecordingStore } from './recording-state.ts';
import type { Chats } from './chat-state.ts';
import type { ScreenFact, ScreenStore } from './screen-state.ts';

export type { AccessListState, AccessState } from './access-state.ts';

/** How to reach a room, and by which right. */
export interface RoomOptions {
  /** The server half's public base, `https://example.com/meeting`. */
  server: string;
  /** The room's name. */
  room: string;
  /** What the person is called, unless the entry token says. */
  name?: string;
  /** A JWT signed by the page's own backend, or a function that fetches a fresh one. */
  entryToken?: string | (() => string | Promise<string>);
  /** The secret of an invitation or of the private link. */
  accessKey?: string;
  /** Send the page's cookies with the way in, for an `authorize` that reads them. */
  credentials?: boolean;
}

/** Where this page's own stay is. */
export type ConnectionState =
  /** On the join screen; `error` says why the last try failed. */
  | { readonly phase: 'idle'; readonly error?: MeetingError }
  /** Between the click on Join and the call; also after a reload that resumes. */
  | { readonly phase: 'joining'; readonly resuming: boolean }
  /** At the door: a host has to answer. `offline`: the server is away, we keep trying by ourselves. */
  | { readonly phase: 'waiting'; readonly knock: Knock; readonly offline: boolean }
  | { readonly phase: 'joined' }
  /** Still admitted, but media or signalling is away. We keep trying by ourselves. */
  | {
      readonly phase: 'reconnecting';
      readonly why: 'network' | 'server' | 'media-blocked';
      /** ms since the epoch, this page's clock. */
      readonly since: number;
    }
  /** Over, as the server confirmed. `knock`: whoever waited, with what they did. */
  | { readonly phase: 'out'; readonly exit: Exit; readonly knock?: Knock };

/** One row of the roster, as tiles show it. */
export interface ParticipantState extends Participant {
  readonly connection: Connection;
  /** ms since the epoch, the server's clock. */
  readonly joinedAt: number;
  readonly self: boolean;
  /** `person`, or what LiveKit says of a machine in the room: `agent`, `recorder`, `ingress`, `phone`. */
  readonly kind: 'person' | 'agent' | 'recorder' | 'ingress' | 'phone';
}

/** A picture that a `<video>` can show; hides livekit-client and getUserMedia from the elements. */
export interface VideoSource {
  readonly id: string;
  attach(video: HTMLVideoElement): void;
  detach(video: HTMLVideoElement): void;
}

/** The media of one participant, as LiveKit has it now. */
export interface MediaState {
  readonly camera?: VideoSource;
  /** Their screen, while they share it. */
  readonly screen?: VideoSource;
  readonly microphone: 'on' | 'muted' | 'none';
  readonly speaking: boolean;
  readonly quality: 'good' | 'poor' | 'lost' | 'unknown';
}

/** One of the page's own devices. `blocked` comes with the code that says why. */
export type DeviceState =
  | { readonly phase: 'off' }
  | { readonly phase: 'starting' }
  | { readonly phase: 'on' }
  | { readonly phase: 'blocked'; readonly code: ErrorCode };

export interface DevicesState {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  /** The own camera's picture, before and during the call. */
  readonly preview?: VideoSource;
  /** The browser plays no sound before a gesture; `startAudio()` in a click mends it. */
  readonly audioBlocked: boolean;
}

/** Requests on their way: `stem` or `stem:identity` → pending, or failed with what came back. */
export type RequestsState = ReadonlyMap<
  string,
  { readonly phase: 'pending' } | { readonly phase: 'failed'; readonly error: MeetingError }
>;

/** What the page is told, beside state: facts of the room's log, and of this page's own stay. */
export type Fact =
  | RoomEvent
  | ScreenFact
  | { readonly type: 'meeting-joined'; readonly me: Me; readonly room: RoomInfo }
  /** Out, for whoever was in the call or waited at the door; `reason` tells the two apart. */
  | ({ readonly type: 'meeting-left' } & Exit)
  | { readonly type: 'meeting-reconnecting'; readonly why: 'network' | 'server' | 'media-blocked' }
  | { readonly type: 'meeting-reconnected' }
  | { readonly type: 'meeting-error'; readonly error: MeetingError };

/**
 * The headless room of one page. Every slice is a read-only signal of a frozen value, so that one
 * tile's change renders one tile. Methods act at once and reject with a `MeetingError`.
 */
export interface Store
  extends ChoosesDevices, FileStore, BoardStore, Chats, ScreenStore, RecordingStore {
  readonly connection: ReadonlySignal<ConnectionState>;
  /** Whether one may go straight in or should knock; what `check()` found. */
  readonly access: ReadonlySignal<AccessState>;
  readonly me: ReadonlySignal<Me | undefined>;
  readonly room: ReadonlySignal<RoomInfo | undefined>;
  /** Identities in the call, oneself first, then by the time they joined. */
  readonly roster: ReadonlySignal<readonly string[]>;
  /** The other who speaks now, or who spoke last: the identity. Nobody takes over while they speak. */
  readonly activeSpeaker: ReadonlySignal<string | undefined>;
  /** Who waits at the door, the longest waiting first; empty for guests. */
  readonly knocks: ReadonlySignal<readonly Knock[]>;
  /** Who may come in, and who may not; `watchAccess` keeps it right. Hosts only. */
  readonly accessList: ReadonlySignal<AccessListState>;
  /** What a reset that goes on has cleared so far; empty when none goes on. Hosts only. */
  readonly cleared: ReadonlySignal<readonly ResetCount[]>;
  readonly devices: ReadonlySignal<DevicesState>;
  readonly requests: ReadonlySignal<RequestsState>;
  /** One participant; undefined once they are gone. The same signal for the same identity. */
  participant(identity: string): ReadonlySignal<ParticipantState | undefined>;
  /** The media of one participant. The same signal for the same identity. */
  media(identity: string): ReadonlySignal<MediaState>;
  /** The picture of somebody who knocks, once `look` has it. The same signal for the same identity. */
  knockVideo(identity: string): ReadonlySignal<VideoSource | undefined>;
  /**
   * Whether an act is allowed, and if not, why: what the server would say. Reads signals by `value`,
   * so whoever renders it hears of changes.
   * @param identity Whom it concerns; with `file-delete`, the file's id. @param options With `role-set`, what they would be.
   */
  explain(action: Action, identity?: string, options?: { role?: Role }): Explanation;

  /** Options may change until `join()`; later changes count for the next one. */
  configure(options: RoomOptions): void;
  /**
   * Comes back by the session of an earlier load of this page, when there is one.
   * @returns whether there was a session to ask for; `connection` says what came of it.
   */
  restore(): Promise<boolean>;
  /**
   * Asks how far the configured way in leads, and writes it to `access`; a failure, too. Once asked,
   * it is asked again whenever the way in changes, and after an exit that leads to the join screen.
   * A key that is no longer good is put away, and it is asked again without.
   */
  check(): Promise<void>;
  /** Fetches the engine, so that the click on Join finds it there. */
  prepare(): Promise<void>;
  /**
   * Goes in; nothing to do for who is in or waits at the door. Resolves when the page is in, or
   * keeps trying by itself. With `room-locked`, `access` is `knock` from then on, and `connection`
   * holds no error: there is a way, it is to knock. With `already-here`, `access.here` is true from
   * then on, and `connection` holds no error either: `again` says how to go on.
   */
  join(options?: { name?: string; again?: 'take-over' | 'beside' }): Promise<void>;
  /**
   * Asks the hosts to be let in; resolves when one waits. Being let in, turned down or forgotten is
   * told by `connection`. Whoever needs not knock is straight in. With `camera`, hosts see the own
   * camera; one that does not start does not stop the knock.
   */
  knock(options?: { name?: string; message?: string; camera?: boolean }): Promise<void>;
  /**
   * While one waits: shows the own camera to the hosts, or no longer. `connection.knock.camera` says
   * how it is. Rejects when the camera can't be had, with its code, or the server can't be asked.
   */
  setKnockCamera(on: boolean): Promise<void>;
  /** Waits no longer. A host who was faster changes nothing: one is out, and may come back. */
  withdrawKnock(): Promise<void>;
  /**
   * From the exit notice: resume, take over, or back to the join screen, as `exit.next` says. Who
   * was removed and may knock is straight in when a host let them back in meanwhile.
   */
  comeBack(): Promise<void>;
  /** Ends the own stay; at the door, the waiting. */
  leave(): Promise<void>;
  /** Asks again at once, while `reconnecting` or offline at the door. */
  retry(): void;

  /** Lets somebody in who knocks. `already-decided` says in `decision` who was faster, and how. */
  admit(identity: string): Promise<void>;
  /** Turns somebody down who knocks; `note` is shown to them. */
  deny(identity: string, options?: { note?: string }): Promise<void>;
  /**
   * Lets everybody in who knocks now. Who was answered meanwhile is passed over; rejects with the
   * first other error, after all were tried.
   */
  admitAll(): Promise<void>;
  /**
   * Ends the call for everybody, or with `keepMe` for everybody else. Then the roster is right when
   * this resolves; without, this page is out, too.
   */
  endCall(options?: { keepMe?: boolean }): Promise<Answer<'call-end'>>;
  /** @param options `note` is shown to them; `block` refuses their knocks, too. */
  removeParticipant(
    identity: string,
    options?: { note?: string; block?: boolean },
  ): Promise<Answer<'participant-remove'>>;
  restoreParticipant(identity: string): Promise<void>;
  setLocked(locked: boolean): Promise<void>;
  /** What one wrote for oneself about this room, as a host. */
  readNote(): Promise<Answer<'note-read'>>;
  /** Rejects with `note-changed` when another window wrote since. @returns the new version. */
  writeNote(note: Input<'note-write'>): Promise<number>;
  /** Whether hosts alone share their screen, add files and draw. */
  setPresenterMode(on: boolean): Promise<void>;
  /** Makes somebody a host, or a guest again. Rejects with `last-host` when no host would be left. */
  setRole(identity: string, role: Role): Promise<void>;
  /** Invites somebody by a key of their own; `key` is told this once, for the link's `#key=…`. */
  invite(invitation: Input<'invitation-create'>): Promise<Answer<'invitation-create'>>;
  /** Ends an invitation; with `remove`, whoever came by it is put out, too. */
  revokeInvitation(
    id: string,
    options?: { remove?: boolean },
  ): Promise<Answer<'invitation-revoke'>>;
  /** Says what the shared private link opens. `key` is told when it is new. */
  setLink(access: LinkAccess, options?: { renew?: boolean }): Promise<Answer<'link-set'>>;
  /** Whoever left by this identity must knock to come back. */
  revokePass(identity: string): Promise<void>;
  /** Has `accessList` loaded, and kept right by the feed, until `signal` aborts. Hosts only. */
  watchAccess(signal: AbortSignal): void;
  /** What happened in the room, the newest first; `before` goes on from an event's `seq`. */
  activity(options?: { before?: number; limit?: number }): Promise<Answer<'activity'>>;
  /** All of it as a file. */
  exportActivity(format: 'csv' | 'json'): Promise<Blob>;
  /** How much a reset would clear now, by parts, and what earlier ones cleared that can be put back. */
  previewReset(): Promise<Answer<'reset-preview'>>;
  /**
   * Clears parts of what the room keeps. With `activity` all of it, and everybody is out; with
   * `keepMe`, everybody else. Resolves when that is done, or, with `settled: false`, goes on by itself.
   */
  resetRoom(
    parts: readonly ResetPart[],
    options?: { keepMe?: boolean },
  ): Promise<Answer<'room-reset'>>;
  /** Puts back what a reset cleared, by its id, where the server keeps it. */
  restoreReset(id: string): Promise<Answer<'reset-restore'>>;
  /** Has `knockVideo` show somebody who knocks with camera, until `signal` aborts. Hosts only. */
  look(identity: string, signal: AbortSignal): void;

  setCamera(on: boolean): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  startAudio(): Promise<void>;

  /**
   * Shows a request as pending until `until` settles: somebody is asked first whether it may be done.
   * @param key As `requestKey` makes it.
   */
  hold(key: string, until: Promise<unknown>): void;

  /** Hears every fact from now on, until `signal` aborts. */
  listen(hear: (fact: Fact) => void, signal: AbortSignal): void;
  /** Leaves nothing behind: sockets, media, timers, listeners. The stay itself is not ended. */
  dispose(): void;
}

/** The key of a request in `RequestsState`. */
export const requestKey = (stem: Stem, identity?: string): string =>
  identity === undefined ? stem : `${stem}:${identity}`;
