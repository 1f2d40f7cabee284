import type { BoardHint } from '../../src/core/board-state.ts';
import type { Page } from '../../src/core/page.ts';
import { LiveBoard, type LiveBoardPorts } from '../../src/core/whiteboards/live-board.ts';
import type { KeptDrawing } from '../../src/core/whiteboards/board-outbox.ts';
import { MeetingError } from '../../src/protocol/meeting-error.ts';

const PAGE: Page = { onWake: () => undefined, isOnline: () => true, random: () => 0 };

/** A page that has the board open, and what its line does. */
export interface Opened {
  readonly board: LiveBoard;
  /** While true, nothing of it gets through, and the feed tells nothing. */
  isCut: boolean;
  readonly hints: BoardHint[];
}

/** A whiteboard as the server keeps it, in memory; pages open it over lines that may break. */
export class FakeServerBoard {
  gen = 1;
  n = 0;
  rows: { n: number; update: string; key: string; by: string }[] = [];
  /** What it answers instead of taking an update, and how often it did. */
  refusal: MeetingError | undefined;
  refused = 0;
  /** What is not here yet, as the tabs of each person keep it over a reload. */
  readonly kept = new Map<string, KeptDrawing>();
  /** The feed tells of no update; pages must find it out. */
  isQuiet = false;
  readonly #open: (Opened & { by: string; watches: boolean })[] = [];

  open(by: string, id = 'w_1'): Opened {
    const opened: Opened & { by: string; watches: boolean } = {
      ...{ by, isCut: false, hints: [], watches: false },
      board: new LiveBoard(
        id,
        this.#ports(() => opened),
      ),
    };
    this.#open.push(opened);
    return opened;
  }

  clear(): void {
    this.gen += 1;
    this.rows = [];
    for (const { board, isCut } of this.#open) if (!isCut) board.hearCleared(this.gen);
  }

  /** The line of a page breaks, or stands again. */
  cut(opened: Opened, isCut: boolean): void {
    opened.isCut = isCut;
    opened.board.reachable(!isCut);
  }

  #ports(of: () => Opened & { by: string; watches: boolean }): LiveBoardPorts {
    const line = async (): Promise<void> => {
      await Promise.resolve();
      if (of().isCut) throw new MeetingError('server-unreachable', 'The line is cut.');
    };
    return {
      page: PAGE,
      read: async (after) => {
        await line();
        const found = this.rows.filter(({ n }) => n > after);
        const page = found.slice(0, 2);
        const n = page.at(-1)?.n ?? this.n;
        const more = found.length > page.length;
        return { gen: this.gen, n, updates: page.map(({ update }) => update), more };
      },
      send: async ({ gen, update, key }) => {
        await line();
        if (this.refusal) {
          this.refused += 1;
          throw this.refusal;
        }
        if (gen !== this.gen) throw new MeetingError('whiteboard-cleared', 'Cleared meanwhile.');
        const known = this.rows.find((row) => row.key === key);
        if (known) return { n: known.n };
        this.n += 1;
        const { by } = of();
        this.rows.push({ n: this.n, update, key, by });
        this.#tell({ n: this.n, update, by });
        return { n: this.n };
      },
      watch: (on) => {
        of().watches = on;
      },
      hint: (hint) => {
        of().hints.push(hint);
      },
      kept: () => this.kept.get(of().by),
      keep: (kept) => {
        if (kept) this.kept.set(of().by, kept);
        else this.kept.delete(of().by);
      },
    };
  }

  #tell({ n, update, by }: { n: number; update: string; by: string }): void {
    if (this.isQuiet) return;
    for (const { board, isCut, watches } of this.#open) {
      if (watches && !isCut) board.hearUpdate(this.gen, n, update, by);
    }
  }
}
