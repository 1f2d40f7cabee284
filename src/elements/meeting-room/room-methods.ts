// By another name: this is no element of its own, which the manifest would list it as.
import { LitElement as ElementBase } from 'lit';
import type { Store } from '../../core/state.ts';
import type { Answer } from '../../protocol/routes.ts';

/** What a page's own code may ask of a room. Methods act at once, and fire no requests. */
export abstract class RoomMethods extends ElementBase {
  /** The headless room; undefined while the element is not in a page. */
  abstract get store(): Store | undefined;

  /** Joins with what the attributes say, without the join screen's button. */
  async join(options?: { name?: string }): Promise<void> {
    await this.store?.join(options);
  }

  /**
   * Asks the hosts to be let in, without the join screen's button.
   * @throws MeetingError `knock-refused`, `rate-limited`.
   */
  async knock(options?: { name?: string; message?: string }): Promise<void> {
    await this.store?.knock(options);
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

  /** Makes the public link ask people to knock, or let them straight in. */
  async setLocked(locked: boolean): Promise<void> {
    await this.store?.setLocked(locked);
  }
}
