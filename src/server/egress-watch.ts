import type { Commits } from './commits.ts';
import type { Egresses } from './egress.ts';
import type { ByteStore } from './files/byte-store.ts';
import { readHead } from './files/finish-bytes.ts';
import { typeOf } from './files/type-of.ts';
import type { Logger } from './logger.ts';
import { repeat } from './repeat.ts';
import type { Ports } from './rules/change.ts';
import { compareEgresses, type Finished, giveUpEgress, isLateEgress } from './rules/egress.ts';
import { findRecording } from './rules/recording-rows.ts';
import { keepRecording } from './rules/recording-uploads.ts';

/** LiveKit's webhooks come at once; what they missed is found by then, ms. */
const INTERVAL = 10_000;
const AT_ONCE = 20;

/** Follows what Egress records: by LiveKit's webhooks, and by asking it now and then. */
export class EgressWatch {
  readonly #ports: Ports;
  readonly #commits: Commits;
  readonly #egresses: Egresses | undefined;
  readonly #bytes: ByteStore;
  readonly #logger: Logger;

  constructor(
    ports: Ports,
    commits: Commits,
    { egresses, bytes }: { egresses: Egresses | undefined; bytes: ByteStore },
    logger: Logger,
  ) {
    this.#ports = ports;
    this.#commits = commits;
    this.#egresses = egresses;
    this.#bytes = bytes;
    this.#logger = logger;
  }

  start(signal: AbortSignal): void {
    if (!this.#egresses) return;
    repeat(
      INTERVAL,
      () => this.#tick(),
      signal,
      (error) => this.#logger.warn('Egress could not be followed; trying again.', { error }),
    );
  }

  /** Something happened to what is recorded in a LiveKit room. Never rejects: it is asked again. */
  async look(sfuRoom: string): Promise<void> {
    try {
      await this.#look(sfuRoom);
    } catch (error) {
      this.#logger.warn('What Egress records could not be seen; trying again.', { error, sfuRoom });
    }
  }

  async #tick(): Promise<void> {
    const rows = await this.#ports.storage.db
      .selectFrom('recordings')
      .select('sfu_room')
      .distinct()
      .where('recorder', '=', 'egress')
      .where('state', '<>', 'kept')
      .limit(AT_ONCE)
      .execute();
    for (const { sfu_room: sfuRoom } of rows) if (sfuRoom !== null) await this.look(sfuRoom);
  }

  async #look(sfuRoom: string): Promise<void> {
    const id = /^r_([0-9a-f]{32})_\d+$/.exec(sfuRoom)?.[1];
    if (id === undefined || !this.#egresses) return;
    const egresses = await this.#egresses.list(sfuRoom);
    const { result } = await this.#commits.change({ id }, (change) =>
      compareEgresses(change, sfuRoom, egresses),
    );
    for (const finished of result) await this.#keep(finished);
  }

  /** Its bytes are where Egress says that they are, or they are not yet. */
  async #keep({ row, egress }: Finished): Promise<void> {
    const { id, key, room_id: roomId } = row;
    if (key === null) return;
    const { size, duration } = egress;
    const head = await readHead(this.#bytes, key, size).catch((error: unknown) => {
      this.#logger.warn('What Egress recorded is not where files lie; looking again.', {
        error,
        key,
      });
    });
    const { type = '' } = head?.length ? await typeOf(head, false) : {};
    await this.#commits.change({ id: roomId }, async (change) => {
      const now = await findRecording(change.tx, roomId, id);
      if (now?.key !== key || now.state === 'kept') return;
      if (type) await keepRecording(change, { id, key, size, type, duration }, now.by);
      else if (isLateEgress(now, change.now)) await giveUpEgress(change, now);
    });
  }
}
