import { livingInstances } from '../instances.ts';
import type { Ports } from '../rules/change.ts';
import type { Seated } from '../rules/people.ts';
import { newId } from '../secrets.ts';
import { notify, type Notice } from '../storage/storage.ts';
import type { DoorSocket } from './door-socket.ts';

/** A living browser on this machine or the next continent answers a ping by then. */
const PONG_TIMEOUT = 1_000;
/** Another instance asks its client, too. */
const ANSWER_TIMEOUT = 2_000;

/**
 * Who holds which seat: one living connection an identity, here or at another instance. A newcomer
 * never puts out one that answers; a stolen token must not, an honest client has closed its own.
 */
export class Holders {
  readonly #ports: Ports;
  readonly #instance: string;
  readonly #sockets = new Map<string, DoorSocket>();
  readonly #questions = new Map<string, (alive: boolean) => void>();

  constructor(ports: Ports, instance: string) {
    this.#ports = ports;
    this.#instance = instance;
  }

  get(identity: string): DoorSocket | undefined {
    return this.#sockets.get(identity);
  }

  all(): DoorSocket[] {
    return [...this.#sockets.values()];
  }

  /** @returns whether `socket` now has the seat at this instance; no, when another has it. */
  register(socket: DoorSocket): boolean {
    if (this.#sockets.has(socket.identity)) return false;
    this.#sockets.set(socket.identity, socket);
    return true;
  }

  release(socket: DoorSocket): void {
    if (this.#sockets.get(socket.identity) === socket) this.#sockets.delete(socket.identity);
  }

  /** Whether a living connection has the seat. One that does not answer loses it. */
  async isTaken(stay: Seated): Promise<boolean> {
    if (this.#sockets.has(stay.identity)) return this.#isAliveHere(stay.identity);
    if (stay.holder === null || stay.holder === this.#instance) return false;
    const living = await livingInstances(this.#ports);
    return living.has(stay.holder) && this.#isAliveThere(stay.identity);
  }

  /** Another instance asks for one of ours, or has answered us. */
  async hear(notice: Extract<Notice, { kind: 'ask' | 'answer' }>): Promise<void> {
    if (notice.kind === 'answer') return this.#questions.get(notice.nonce)?.(notice.alive);
    if (notice.from === this.#instance || !this.#sockets.has(notice.identity)) return;
    const alive = await this.#isAliveHere(notice.identity);
    await notify(this.#ports.storage.db, { kind: 'answer', nonce: notice.nonce, alive });
  }

  async #isAliveHere(identity: string): Promise<boolean> {
    const socket = this.#sockets.get(identity);
    if (!socket) return false;
    if (await socket.isAlive(PONG_TIMEOUT)) return true;
    socket.destroy();
    return false;
  }

  async #isAliveThere(identity: string): Promise<boolean> {
    const nonce = newId('n');
    const answer = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_TIMEOUT);
      this.#questions.set(nonce, (alive) => {
        clearTimeout(timer);
        resolve(alive);
      });
    });
    await notify(this.#ports.storage.db, {
      kind: 'ask',
      identity,
      nonce,
      from: this.#instance,
    });
    return answer.finally(() => this.#questions.delete(nonce));
  }
}
