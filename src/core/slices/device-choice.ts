import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import type { DeviceChoice } from '../device-state.ts';

/** Devices outlive a visit, so the browser keeps which one somebody took; the same for all rooms. */
const MEMORY = 'livekit-meeting-room:chosen-devices';

/** Which of several devices a person wants to use. One that is not there is as good as none. */
export class DeviceChoiceSlice {
  readonly #state: Signal<DeviceChoice> = signal(Object.freeze(read()));

  get state(): ReadonlySignal<DeviceChoice> {
    return this.#state;
  }

  /** @param id Of the browser's; empty for the one that the system prefers. */
  set(kind: keyof DeviceChoice, id: string): void {
    const { [kind]: _, ...rest } = this.#state.peek();
    this.#state.value = Object.freeze({ ...rest, ...(id && { [kind]: id }) });
    write(this.#state.peek());
  }
}

function read(): DeviceChoice {
  try {
    const kept: unknown = JSON.parse(globalThis.localStorage.getItem(MEMORY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const known = Object.entries(kept).filter(
      ([kind, id]) => ['camera', 'microphone', 'speaker'].includes(kind) && typeof id === 'string',
    );
    return Object.fromEntries(known);
  } catch {
    // Storage is forbidden, missing, or holds what others wrote: as if nothing had been chosen.
    return {};
  }
}

function write(choice: DeviceChoice): void {
  try {
    globalThis.localStorage.setItem(MEMORY, JSON.stringify(choice));
  } catch {
    // As above: the choice then lives as long as the page.
  }
}
