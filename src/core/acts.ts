import { MeetingError } from '../protocol/meeting-error.ts';
import type { LinkAccess } from '../protocol/invitation.ts';
import type { Role } from '../protocol/participant.ts';
import type { ResetPart } from '../protocol/reset.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { Act } from './call.ts';
import type { Slices } from './slices.ts';
import { requestKey, type Store } from './state.ts';
import type { Visit } from './visit.ts';

/** All of a log may be long, and the way slow, in ms. */
const EXPORT_TIMEOUT = 60_000;
/** The server answers after 8 s at the latest, in ms. */
const RESET_TIMEOUT = 15_000;

/** The methods of a store that are acts in a call. */
export type ActName =
  | 'admit'
  | 'deny'
  | 'admitAll'
  | 'endCall'
  | 'removeParticipant'
  | 'restoreParticipant'
  | 'setLocked'
  | 'readNote'
  | 'writeNote'
  | 'setPresenterMode'
  | 'setRole'
  | 'invite'
  | 'revokeInvitation'
  | 'setLink'
  | 'revokePass'
  | 'activity'
  | 'exportActivity'
  | 'previewReset'
  | 'resetRoom'
  | 'restoreReset';

/** What one does in the call. Each act is in `requests` until it is done; a failure stays there. */
export class Acts implements Pick<Store, ActName> {
  readonly #slices: Pick<Slices, 'cells' | 'requests' | 'facts'>;
  readonly #visit: Visit;

  constructor(slices: Pick<Slices, 'cells' | 'requests' | 'facts'>, visit: Visit) {
    this.#slices = slices;
    this.#visit = visit;
  }

  async admit(identity: string): Promise<void> {
    await this.#act('knock-admit', { identity }, identity);
  }

  async deny(identity: string, { note }: { note?: string } = {}): Promise<void> {
    await this.#act('knock-deny', { identity, ...(note && { note }) }, identity);
  }

  async admitAll(): Promise<void> {
    const knocks = this.#slices.cells.knocks.peek();
    const tried = await Promise.allSettled(
      knocks.map(({ identity }) =>
        this.#request(requestKey('knock-admit', identity), () => admitOne(this.#visit, identity)),
      ),
    );
    const failed = tried.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async endCall({ keepMe = false }: { keepMe?: boolean } = {}): Promise<Answer<'call-end'>> {
    return this.#act('call-end', keepMe ? { keepMe } : {});
  }

  async removeParticipant(
    identity: string,
    { note, block }: { note?: string; block?: boolean } = {},
  ): Promise<Answer<'participant-remove'>> {
    const input = { identity, ...(note && { note }), ...(block && { block }) };
    return this.#act('participant-remove', input, identity);
  }

  async restoreParticipant(identity: string): Promise<void> {
    await this.#act('participant-restore', { identity }, identity);
  }

  async readNote(): Promise<Answer<'note-read'>> {
    return this.#act('note-read', {});
  }

  async writeNote(note: Input<'note-write'>): Promise<number> {
    const kept = { keepalive: true };
    const write = () => this.#visit.act('note-write', note, kept);
    return (await this.#request('note-write', write)).version;
  }

  async setPresenterMode(on: boolean): Promise<void> {
    await this.#act('presenter-mode', { on });
  }

  async setLocked(locked: boolean): Promise<void> {
    await this.#act('room-lock', { locked });
  }

  async setRole(identity: string, role: Role): Promise<void> {
    await this.#act('role-set', { identity, role }, identity);
  }

  async invite(invitation: Input<'invitation-create'>): Promise<Answer<'invitation-create'>> {
    return this.#act('invitation-create', invitation);
  }

  async revokeInvitation(
    id: string,
    { remove }: { remove?: boolean } = {},
  ): Promise<Answer<'invitation-revoke'>> {
    return this.#act('invitation-revoke', { id, ...(remove && { remove }) }, id);
  }

  async setLink(
    access: LinkAccess,
    { renew }: { renew?: boolean } = {},
  ): Promise<Answer<'link-set'>> {
    return this.#act('link-set', { access, ...(renew && { renew }) });
  }

  async revokePass(identity: string): Promise<void> {
    await this.#act('pass-revoke', { identity }, identity);
  }

  async activity({ before, limit }: { before?: number; limit?: number } = {}): Promise<
    Answer<'activity'>
  > {
    return this.#act('activity', {
      ...(before !== undefined && { before: String(before) }),
      ...(limit !== undefined && { limit: String(limit) }),
    });
  }

  async exportActivity(format: 'csv' | 'json'): Promise<Blob> {
    return this.#request('activity-export', async () => {
      const timeout = EXPORT_TIMEOUT;
      const file = await this.#visit.act('activity-export', { format }, { timeout });
      return read(file);
    });
  }

  async previewReset(): Promise<Answer<'reset-preview'>> {
    return this.#act('reset-preview', {});
  }

  async resetRoom(
    parts: readonly ResetPart[],
    { keepMe = false }: { keepMe?: boolean } = {},
  ): Promise<Answer<'room-reset'>> {
    const input = { parts: [...parts], ...(keepMe && { keepMe }) };
    const timeout = RESET_TIMEOUT;
    return this.#request('room-reset', () => this.#visit.act('room-reset', input, { timeout }));
  }

  async restoreReset(id: string): Promise<Answer<'reset-restore'>> {
    const timeout = RESET_TIMEOUT;
    return this.#request('reset-restore', () =>
      this.#visit.act('reset-restore', { id }, { timeout }),
    );
  }

  async #act<S extends Act>(stem: S, input: Input<S>, id?: string): Promise<Answer<S>> {
    return this.#request(requestKey(stem, id), () => this.#visit.act(stem, input));
  }

  /** Pending under `key` until `act` settles; a failure is told as a fact, too. */
  async #request<T>(key: string, act: () => Promise<T>): Promise<T> {
    try {
      return await this.#slices.requests.run(key, act);
    } catch (error) {
      if (error instanceof MeetingError) this.#slices.facts.tell({ type: 'meeting-error', error });
      throw error;
    }
  }
}

/** Lets one of many in; somebody else having answered is as good. */
async function admitOne(visit: Visit, identity: string): Promise<void> {
  try {
    await visit.act('knock-admit', { identity });
  } catch (error) {
    const isAnswered = error instanceof MeetingError && error.code === 'already-decided';
    if (!isAnswered) throw error;
  }
}

/** @throws MeetingError `server-unreachable` when it breaks off. */
async function read(file: Response): Promise<Blob> {
  try {
    return await file.blob();
  } catch (cause) {
    throw new MeetingError('server-unreachable', 'The file broke off.', { cause });
  }
}
