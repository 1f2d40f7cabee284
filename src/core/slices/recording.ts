import type { Signal } from '@preact/signals-core';
import type { RoomEvent } from '../../protocol/events.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';
import type { Cells } from '../cells.ts';
import type { RecordingState } from '../recording-state.ts';

/** Whether the call is recorded, and who agreed to it. */
export class RecordingSlice {
  readonly #state: Signal<RecordingState | undefined>;

  constructor({ recording }: Pick<Cells, 'recording'>) {
    this.#state = recording;
  }

  replace(snapshot: Snapshot): void {
    const { recording: running, recordingConsent: consent, recordingAgreed: agreed } = snapshot;
    this.#set({ running, consent, agreed, recorders: snapshot.recorders });
  }

  /** Follows one event of the room's log. */
  apply(event: RoomEvent): void {
    const last = this.#state.peek();
    if (!last) return;
    if (event.type === 'recording-started') {
      this.#set({ ...last, running: event.recording, agreed: [] });
    } else if (event.type === 'recording-stopped') {
      this.#set({ ...last, running: undefined, agreed: [] });
    } else if (event.type === 'recording-consented') {
      this.#set({ ...last, agreed: [...last.agreed, event.participant.identity] });
    }
  }

  clear(): void {
    this.#state.value = undefined;
  }

  /** Writes nothing that is known already. */
  #set(next: RecordingState): void {
    if (JSON.stringify(next) === JSON.stringify(this.#state.peek())) return;
    this.#state.value = Object.freeze(next);
  }
}
