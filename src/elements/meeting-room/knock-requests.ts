import type { KnockAdmitRequestEvent } from '../../events/knock-admit-request.ts';
import type { KnockDenyRequestEvent } from '../../events/knock-deny-request.ts';
import type { Knock } from '../../protocol/knock.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Consent } from '../meeting-confirm/meeting-confirm.ts';
import { fail, type RouterPorts } from './router-ports.ts';

/** How the router carries out what hosts answer to those who knock. */

export async function admit({ knock }: KnockAdmitRequestEvent, ports: RouterPorts): Promise<void> {
  try {
    await ports.store.admit(knock.identity);
  } catch (error) {
    await failToDecide(ports.texts().toast.admitFailed(knock.name), error, ports);
  }
}

export async function deny(
  { knock, withNote }: KnockDenyRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const consent = withNote ? await askForNote(knock, ports) : undefined;
  if (withNote && !consent) return;
  try {
    await ports.store.deny(knock.identity, consent);
  } catch (error) {
    await failToDecide(ports.texts().toast.denyFailed(knock.name), error, ports);
  }
}

function askForNote({ name }: Knock, ports: RouterPorts): Promise<Consent | undefined> {
  const { confirm, knocks } = ports.texts();
  const { denyTitle, denyText, note } = confirm;
  return ports.ask({
    title: denyTitle(name),
    text: denyText,
    action: knocks.deny,
    note: note(name),
  });
}

async function failToDecide(title: string, error: unknown, ports: RouterPorts): Promise<void> {
  // The card says who was faster.
  if (error instanceof MeetingError && error.code === 'already-decided') return;
  await fail(title, error, ports);
}
