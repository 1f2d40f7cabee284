// By another name: this is no element of its own, which the manifest would list it as.
import { LitElement as ElementBase } from 'lit';
import type { Recordings, RecordingWish } from '../../core/recording-state.ts';
import type { Store } from '../../core/state.ts';
import type { LinkAccess } from '../../protocol/invitation.ts';
import type { Message } from '../../protocol/message.ts';
import type { Role } from '../../protocol/participant.ts';
import type { ResetPart } from '../../protocol/reset.ts';
import type { Action, Explanation } from '../../protocol/permissions.ts';
import type { Answer, Input } from '../../protocol/routes.ts';

/** What a page's own code may ask of a room. Methods act at once, and fire no requests. */
export abstract class RoomMethods extends ElementBase {
  /** The headless room; undefined while the element is not in a page. */
  abstract get store(): Store | undefined;

  /**
   * Joins with what the attributes say, without the join screen's button.
   * @param options `again`: how to go on when this person is in the call already, in another window.
   * @throws MeetingError `room-locked`, `already-here`, `too-many-stays`.
   */
  async join(options?: { name?: string; again?: 'take-over' | 'beside' }): Promise<void> {
    await this.store?.join(options);
  }

  /**
   * Asks the hosts to be let in, without the join screen's button.
   * @throws MeetingError `knock-refused`, `rate-limited`.
   */
  async knock(options?: { name?: string; message?: string; camera?: boolean }): Promise<void> {
    await this.store?.knock(options);
  }

  /** While one waits: shows the own camera to the hosts, or no longer. */
  async setKnockCamera(on: boolean): Promise<void> {
    await this.store?.setKnockCamera(on);
  }

  /** Waits no longer. */
  async withdrawKnock(): Promise<void> {
    await this.store?.withdrawKnock();
  }

  /** Leaves the call. */
  async leave(): Promise<void> {
    await this.store?.leave();
  }

  /**
   * Lets somebody in who knocks.
   * @throws MeetingError `already-decided` (its `decision` says by whom), `knock-not-found`, `not-host`.
   */
  async admit(identity: string): Promise<void> {
    await this.store?.admit(identity);
  }

  /**
   * Turns somebody down who knocks; `note` is shown to them.
   * @throws MeetingError `already-decided` (its `decision` says by whom), `knock-not-found`, `not-host`.
   */
  async deny(identity: string, options?: { note?: string }): Promise<void> {
    await this.store?.deny(identity, options);
  }

  /**
   * Ends the call for everybody, or with `keepMe` for everybody else.
   * @returns `settled`: whether LiveKit agrees that they are out; if not, it is retried.
   * @throws MeetingError `not-host`.
   */
  async endCall(options?: { keepMe?: boolean }): Promise<Answer<'call-end'> | undefined> {
    return this.store?.endCall(options);
  }

  /**
   * Puts somebody out at once, without asking.
   * @param options `note` is shown to them; `block` refuses their knocks, too.
   * @throws MeetingError `not-host`, `not-yourself`, `participant-not-found`.
   */
  async removeParticipant(
    identity: string,
    options?: { note?: string; block?: boolean },
  ): Promise<Answer<'participant-remove'> | undefined> {
    return this.store?.removeParticipant(identity, options);
  }

  /** Undoes a removal. */
  async restoreParticipant(identity: string): Promise<void> {
    await this.store?.restoreParticipant(identity);
  }

  /** Has hosts alone share their screen, add files and draw, or everybody again. */
  async setPresenterMode(on: boolean): Promise<void> {
    await this.store?.setPresenterMode(on);
  }

  /**
   * Has the browser ask which screen, window or tab to share, or ends that. Browsers ask inside of a
   * gesture only; resolves as well when the person takes none.
   * @throws MeetingError `presenter-mode`, `session-missing`, `screen-denied`, `screen-unavailable`.
   */
  async setScreenShare(on: boolean): Promise<void> {
    await this.store?.setScreenShare(on);
  }

  /** Makes the public link ask people to knock, or let them straight in. */
  async setLocked(locked: boolean): Promise<void> {
    await this.store?.setLocked(locked);
  }

  /**
   * Makes somebody a host, or a guest again.
   * @throws MeetingError `last-host` when no host would be left, `not-host`, `participant-out`.
   */
  async setRole(identity: string, role: Role): Promise<void> {
    await this.store?.setRole(identity, role);
  }

  /**
   * Invites somebody by a key of their own.
   * @returns `key`, told this once: the link is the page's address and `#key=…`.
   * @throws MeetingError `invalid-input` without name and e-mail, `not-host`.
   */
  async invite(
    invitation: Input<'invitation-create'>,
  ): Promise<Answer<'invitation-create'> | undefined> {
    return this.store?.invite(invitation);
  }

  /**
   * Ends an invitation at once; with `remove`, whoever came by it is put out, too.
   * @throws MeetingError `invitation-not-found`, `not-host`.
   */
  async revokeInvitation(
    id: string,
    options?: { remove?: boolean },
  ): Promise<Answer<'invitation-revoke'> | undefined> {
    return this.store?.revokeInvitation(id, options);
  }

  /** Says what the shared private link opens; `key` is told when it is new. */
  async setLink(
    access: LinkAccess,
    options?: { renew?: boolean },
  ): Promise<Answer<'link-set'> | undefined> {
    return this.store?.setLink(access, options);
  }

  /** Whoever left by this identity must knock to come back. */
  async revokePass(identity: string): Promise<void> {
    await this.store?.revokePass(identity);
  }

  /**
   * Writes to everybody, or with `to` to one person alone.
   * @param options `to`: an identity; `replyTo`: the id of a message; `file`: of one of the room, never
   * together with `to`, and then the text may be empty.
   * @returns the message as the server has it; resolves no sooner, however long the network is away.
   * @throws MeetingError `invalid-input`, `participant-not-found`, `participant-out`, `chat-full`.
   */
  async sendMessage(
    text: string,
    options?: { to?: string; replyTo?: string; file?: string },
  ): Promise<Message | undefined> {
    return this.store?.sendMessage(text, options);
  }

  /**
   * Changes an own message.
   * @throws MeetingError `not-yours`, `message-not-found`, `invalid-input`.
   */
  async editMessage(id: string, text: string): Promise<void> {
    await this.store?.editMessage(id, text);
  }

  /**
   * Deletes an own message for good; hosts, any that is not private.
   * @throws MeetingError `not-yours`, `message-not-found`.
   */
  async deleteMessage(id: string): Promise<void> {
    await this.store?.deleteMessage(id);
  }

  /** What happened in the room, the newest first; `before` goes on from an event's `seq`. */
  async activity(options?: {
    before?: number;
    limit?: number;
  }): Promise<Answer<'activity'> | undefined> {
    return this.store?.activity(options);
  }

  /** All that happened in the room as a file. */
  async exportActivity(format: 'csv' | 'json'): Promise<Blob | undefined> {
    return this.store?.exportActivity(format);
  }

  /**
   * Clears parts of what the room keeps, without asking. With `activity` it is the full reset:
   * everybody is out, or with `keepMe` everybody else.
   * @returns `receipt`, what was cleared; `settled`: whether all of it is done, else it goes on.
   * @throws MeetingError `not-host`.
   */
  async resetRoom(
    parts: readonly ResetPart[],
    options?: { keepMe?: boolean },
  ): Promise<Answer<'room-reset'> | undefined> {
    return this.store?.resetRoom(parts, options);
  }

  /**
   * Puts back what a reset cleared, where the server keeps it; `id` is the receipt's `restorable.id`.
   * @throws MeetingError `reset-not-found` when there is nothing that this host may put back, `not-host`.
   */
  async restoreReset(id: string): Promise<Answer<'reset-restore'> | undefined> {
    return this.store?.restoreReset(id);
  }

  /**
   * Uploads files into the room; resolves when all are complete, failed or cancelled.
   * @param options `inChat`: each that is complete comes with a message to everybody.
   * @throws MeetingError `session-missing` when nobody is in the call here.
   */
  async addFiles(files: readonly File[], options?: { inChat?: boolean }): Promise<void> {
    await this.store?.addFiles(files, options);
  }

  /**
   * Deletes a file at once, without asking.
   * @throws MeetingError `not-yours`, `file-not-found`.
   */
  async deleteFile(id: string): Promise<void> {
    await this.store?.deleteFile(id);
  }

  /**
   * A link to a file's bytes, to be followed within a minute, and only while this person is in.
   * @throws MeetingError `file-not-found`.
   */
  async openFile(id: string): Promise<Answer<'file-open'> | undefined> {
    return this.store?.openFile(id);
  }

  /**
   * Starts to record, without asking; everybody in the call is told first.
   * @param wish `recorder`: `browser`, this page, or `egress`, where the server offers it; `upload`:
   *   whether what this page records goes into the room as it is made.
   * @throws MeetingError `not-host`, `recording-running`, `recorder-unavailable`,
   *   `recording-unsupported`, `recording-failed`.
   */
  async startRecording(wish?: RecordingWish): Promise<void> {
    await (await this.recordings())?.start(wish);
  }

  /**
   * Stops what is recorded; of what this page records, resolves when all of it is kept.
   * @throws MeetingError `not-host`.
   */
  async stopRecording(): Promise<void> {
    await (await this.recordings())?.stop();
  }

  /** The recordings of the room, and of this browser: lists, bytes, upload, deletion. */
  async recordings(): Promise<Recordings | undefined> {
    return this.store?.recordings();
  }

  /**
   * Whether an act is allowed now, and if not, why: the code that the server would answer with.
   * @param identity Whom it concerns; with `file-delete`, the file's id. @param options With `role-set`, what they would be.
   */
  explain(action: Action, identity?: string, options?: { role?: Role }): Explanation | undefined {
    return this.store?.explain(action, identity, options);
  }
}
