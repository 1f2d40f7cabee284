export interface KeptPorts {
  /** The item of sessionStorage; undefined while there is nobody whose work this could be. */
  place(): string | undefined;
  /** The identity of who works here. */
  me(): string | undefined;
}

/** What was made in this tab is kept over a reload until the server has it, for who made it alone. */
export class Kept<T> {
  readonly #ports: KeptPorts;

  constructor(ports: KeptPorts) {
    this.#ports = ports;
  }

  /** By id, in the order of being made. */
  get all(): Readonly<Record<string, T>> {
    return this.#read();
  }

  get(id: string): T | undefined {
    return this.#read()[id];
  }

  set(id: string, kept: T | undefined): void {
    const items = this.#read();
    const { [id]: before, ...others } = items;
    if (before || kept) this.#write(kept ? { ...items, [id]: kept } : others);
  }

  /** Keeps those whose ids are named. */
  retain(ids: readonly string[]): void {
    for (const id of Object.keys(this.#read())) if (!ids.includes(id)) this.set(id, undefined);
  }

  #read(): Readonly<Record<string, T>> {
    const place = this.#ports.place();
    try {
      const text = place && sessionStorage.getItem(place);
      if (!text) return {};
      const { by, items } = JSON.parse(text) as { by: unknown; items: Record<string, T> };
      return by === this.#ports.me() ? items : {};
    } catch {
      // Storage is forbidden, or of another version: as if nothing had been kept.
      return {};
    }
  }

  #write(items: Readonly<Record<string, T>>): void {
    const place = this.#ports.place();
    if (!place) return;
    const by = this.#ports.me();
    try {
      if (Object.keys(items).length === 0) sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, JSON.stringify({ by, items }));
    } catch {
      // Storage is forbidden or full: it is sent all the same, only a reload will not find it.
    }
  }
}
