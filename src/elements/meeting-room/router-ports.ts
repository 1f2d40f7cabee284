import type { Store } from '../../core/state.ts';
import type { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import type { Texts } from '../../locales/en.ts';
import type { Consent, Question } from '../meeting-confirm/meeting-confirm.ts';
import type { Toast } from '../meeting-toasts/meeting-toasts.ts';
import { reasonOf } from '../shared/errors.model.ts';

/** What the router needs of its room. */
export interface RouterPorts {
  readonly store: Store;
  texts(): Texts;
  ask(question: Question): Promise<Consent | undefined>;
  toast(toast: Toast): Promise<boolean>;
  /** Opens a panel, or with null closes the one that is open. */
  showPanel(name: string | null): Promise<void>;
  /** Asks for the undo of a removal, as the host's own gesture. */
  requestRestore(participant: ParticipantRestoreRequestEvent['participant']): Promise<void>;
}

/** Does something, and says so when it was not done. */
export async function attempt(
  ports: RouterPorts,
  title: string,
  act: () => Promise<unknown>,
  why: (error: unknown, texts: Texts) => string = reasonOf,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    await ports.toast({ title, detail: why(error, ports.texts()) });
  }
}

/** Says that something was not done, why, and what mends it. */
export async function fail(title: string, error: unknown, ports: RouterPorts): Promise<void> {
  await ports.toast({ title, detail: reasonOf(error, ports.texts()) });
}
