import type { RecordingDeleteRequestEvent } from '../../events/recording-delete-request.ts';
import type { RecordingStartRequestEvent } from '../../events/recording-start-request.ts';
import type { RecordingStopRequestEvent } from '../../events/recording-stop-request.ts';
import { recordings } from '../../locales/en-recordings.ts';
import type { PanelTexts } from '../../locales/en-panels.ts';
import type { Texts } from '../../locales/en.ts';
import { whyNotRecorded } from '../shared/recording-errors.ts';
import { attempt, type RouterPorts } from './router-ports.ts';

/** How the router carries out what hosts ask for about recordings. Fetched with the first such wish. */

export async function startRecording(
  { recorder, upload }: RecordingStartRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  await attemptIt(ports, 'startFailed', async () => {
    await (await ports.store.recordings()).start({ recorder, upload });
  });
}

export async function stopRecording(
  _: RecordingStopRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  await attemptIt(ports, 'stopFailed', async () => {
    await (await ports.store.recordings()).stop();
  });
}

export async function deleteRecording(
  { recording }: RecordingDeleteRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const words = wordsOf(ports.texts());
  const consent = await ports.ask({
    title: words.deleteTitle(recording.at),
    text: words.deleteText,
    action: words.deleteAction,
  });
  if (!consent) return;
  await attemptIt(ports, 'deleteFailed', async () => {
    await (await ports.store.recordings()).delete(recording.id);
    await ports.toast({ title: words.deleted });
  });
}

/** Does it, and says so, in the words of recordings, when it was not done. */
const attemptIt = (
  ports: RouterPorts,
  title: 'startFailed' | 'stopFailed' | 'deleteFailed',
  act: () => Promise<void>,
): Promise<void> =>
  attempt(ports, wordsOf(ports.texts())[title], act, (error, texts) =>
    whyNotRecorded(error, { ...texts, recordings: wordsOf(texts) }),
  );

/** English of them comes with this. */
const wordsOf = (
  texts: Texts & Partial<Pick<PanelTexts, 'recordings'>>,
): PanelTexts['recordings'] => texts.recordings ?? recordings;
