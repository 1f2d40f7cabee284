/** What was drawn on one board and is not at the server yet. */
export interface Kept {
  readonly gen: number;
  /** A Yjs update in base64. */
  readonly update: string;
}

export interface KeptDrawingsPorts {
  /** The item of sessionStorage; undefined while there is nobody whose drawings these could be. */
  place(): string | undefined;
  /** The identity of who draws here. */
  me(): string | undefined;
}

/** What was drawn in this tab is kept over a reload until the server has it, for who drew it alone. */
export class KeptDrawings {
  readonly #ports: KeptDrawingsPorts;

  constructor(ports: KeptDrawingsPorts) {
    this.#ports = ports;
  }

  get(id: string): Kept | undefined {
    return this.#read()[id];
  }

  set(id: string, kept: Kept | undefined): void {
    const { [id]: before, ...others } = this.#read();
    if (before || kept) this.#write(kept ? { ...others, [id]: kept } : others);
  }

  /** Keeps those of boards that are still there. */
  retain(ids: readonly string[]): void {
    for (const id of Object.keys(this.#read())) if (!ids.includes(id)) this.set(id, undefined);
  }

  #read(): Readonly<Record<string, Kept>> {
    const place = this.#ports.place();
    try {
      const text = place && sessionStorage.getItem(place);
      if (!text) return {};
      const { by, boards } = JSON.parse(text) as { by: unknown; boards: Record<string, Kept> };
      return by === this.#ports.me() ? boards : {};
    } catch {
      // Storage is forbidden, or of another version: as if nothing had been kept.
      return {};
    }
  }

  #write(boards: Readonly<Record<string, Kept>>): void {
    const place = this.#ports.place();
    if (!place) return;
    const by = this.#ports.me();
    try {
      if (Object.keys(boards).length === 0) sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, JSON.stringify({ by, boards }));
    } catch {
      // Storage is forbidden or full: it is sent all the same, only a reload will not find it.
    }
  }
}
