import type { MeetingError } from '../../protocol/meeting-error.ts';
import type { UploadState } from '../file-state.ts';
import { type Page, Pause } from '../page.ts';
import { retryDelay } from '../retry.ts';

/** What is sent again at most when a line breaks; as long as a part of S3. */
export const PIECE = 8 * 1_024 * 1_024;

/** Something on its way, that goes on after whatever broke it off. */
export interface Sending {
  readonly page: Page;
  /**
   * Sends what is left of it.
   * @param isAgain Whether the try before came to nothing.
   * @param sentSome Called whenever it has come further.
   */
  send(isAgain: boolean, sentSome: () => void): Promise<void>;
  /** Why there is no sense in another try; undefined when there is. */
  whyNot(error: unknown): Promise<MeetingError | undefined>;
  show(state: Pick<UploadState, 'phase' | 'error'>): void;
}

/** @returns whether all of it is sent; if not, `signal` aborted, or it is shown as `failed`. */
export async function keepSending(
  { page, send, whyNot, show }: Sending,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  const pause = new Pause();
  page.onWake(() => pause.wake(), signal);
  for (let attempt = 0; ;) {
    try {
      await send(attempt > 0, () => (attempt = 0));
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const refused = await whyNot(error);
      if (refused) {
        show({ phase: 'failed', error: refused });
        return false;
      }
      show({ phase: 'paused' });
      await pause.wait(retryDelay(attempt, error, page), signal);
      attempt += 1;
    }
  }
}
