import { MeetingError } from '../../../src/protocol/meeting-error.ts';
import type { Sfu, SfuParticipant, SfuSeat, Told } from '../../../src/server/sfu.ts';

/** A LiveKit without media or network, whose rooms a test fills and whose absence it decides. */
export class FakeSfu implements Sfu {
  readonly signalUrl = 'ws://127.0.0.1:9';
  /** Every call of `removeParticipant` that was carried out, in order. */
  readonly removed: { sfuRoom: string; identity: string }[] = [];
  /** How often somebody asked who is there. */
  lists = 0;
  /** While true, every call fails as if nobody answered. */
  isAway = false;
  /** How many calls of `removeParticipant` were tried, those that failed included. */
  removals = 0;
  readonly #rooms = new Map<string, Map<string, SfuParticipant>>();
  #afterLook: (() => void) | undefined;

  /** Somebody is connected, whatever the admissions say. */
  put(sfuRoom: string, identity: string, isMachine = false): void {
    const room = this.#rooms.get(sfuRoom) ?? new Map<string, SfuParticipant>();
    this.#rooms.set(sfuRoom, room.set(identity, { identity, isMachine, presents: true }));
  }

  /** Somebody's connection ended by itself. */
  drop(sfuRoom: string, identity: string): void {
    this.#rooms.get(sfuRoom)?.delete(identity);
  }

  /** Somebody's join comes through right after the next look at the room. */
  appearAfterLook(sfuRoom: string, identity: string): void {
    this.afterLook(() => this.put(sfuRoom, identity));
  }

  /** Calls `then` once, right after the next look at a room. */
  afterLook(then: () => void): void {
    this.#afterLook = then;
  }

  identities(sfuRoom: string): string[] {
    return [...(this.#rooms.get(sfuRoom)?.keys() ?? [])];
  }

  async mint({ identity, sfuRoom, kind }: SfuSeat): Promise<string> {
    return `fake ${sfuRoom} ${identity} ${kind}`;
  }

  async verify(token: string): Promise<{ identity: string; sfuRoom: string }> {
    const [, sfuRoom, identity] = token.split(' ');
    if (!sfuRoom || !identity) throw new MeetingError('door-token-invalid', 'Not a fake token.');
    return { identity, sfuRoom };
  }

  async createRoom(sfuRoom: string): Promise<void> {
    this.#answer();
    if (!this.#rooms.has(sfuRoom)) this.#rooms.set(sfuRoom, new Map());
  }

  async deleteRoom(sfuRoom: string): Promise<void> {
    this.#answer();
    this.#rooms.delete(sfuRoom);
  }

  async setMetadata(): Promise<void> {
    this.#answer();
  }

  async removeParticipant(sfuRoom: string, identity: string): Promise<void> {
    this.removals += 1;
    this.#answer();
    this.#rooms.get(sfuRoom)?.delete(identity);
    this.removed.push({ sfuRoom, identity });
  }

  async setPresents(sfuRoom: string, identity: string, presents: boolean): Promise<void> {
    this.#answer();
    const one = this.#rooms.get(sfuRoom)?.get(identity);
    if (one) one.presents = presents;
  }

  presenters(sfuRoom: string): string[] {
    const there = [...(this.#rooms.get(sfuRoom)?.values() ?? [])];
    return there.flatMap(({ identity, presents }) => (presents ? [identity] : []));
  }

  async listParticipants(sfuRoom: string): Promise<SfuParticipant[]> {
    this.lists += 1;
    this.#answer();
    const there = [...(this.#rooms.get(sfuRoom)?.values() ?? [])];
    const then = this.#afterLook;
    this.#afterLook = undefined;
    then?.();
    return there;
  }

  async readWebhook(body: string): Promise<Told> {
    return { sfuRoom: body, isEgress: false };
  }

  #answer(): void {
    if (this.isAway) throw new MeetingError('sfu-unreachable', 'Away.', { retryAfter: 1 });
  }
}
