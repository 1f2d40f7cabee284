import type { Store } from '../../core/state.ts';
import type { CallEndRequestEvent } from '../../events/call-end-request.ts';
import type { KnockAdmitRequestEvent } from '../../events/knock-admit-request.ts';
import type { KnockDenyRequestEvent } from '../../events/knock-deny-request.ts';
import type { ParticipantRemoveRequestEvent } from '../../events/participant-remove-request.ts';
import type { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import type { MeetingRequestEventMap } from '../../events/map.ts';
import type { Texts } from '../../locales/en.ts';
import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Consent, Question } from '../meeting-confirm/meeting-confirm.ts';
import type { Toast } from '../meeting-toasts/meeting-toasts.ts';
import { explain } from '../shared/errors.model.ts';

/** What the router needs of its room. */
export interface RouterPorts {
  readonly store: Store;
  texts(): Texts;
  ask(question: Question): Promise<Consent | undefined>;
  toast(toast: Toast): Promise<boolean>;
  /** Asks for the undo of a removal, as the host's own gesture. */
  requestRestore(participant: ParticipantRestoreRequestEvent['participant']): Promise<void>;
}

/**
 * Carries out what people ask for: one handler per request, after everybody on its way had the
 * chance to prevent it.
 */
export function routeRequests(shell: HTMLElement, ports: RouterPorts, signal: AbortSignal): void {
  const on = <T extends keyof MeetingRequestEventMap>(
    type: T,
    act: (event: MeetingRequestEventMap[T], ports: RouterPorts) => Promise<void>,
  ): void => {
    // In the capture phase, so that a page that stops an event does not veto it by accident; acted
    // on in a microtask, when the page's own listeners further up have had their say.
    shell.addEventListener(
      type,
      (event) =>
        queueMicrotask(() => {
          if (!event.defaultPrevented) void act(event, ports);
        }),
      { capture: true, signal },
    );
  };
  on('participant-remove-request', removeParticipant);
  on('participant-restore-request', restoreParticipant);
  on('call-leave-request', leaveCall);
  on('call-end-request', endCall);
  on('knock-admit-request', admit);
  on('knock-deny-request', deny);
}

async function removeParticipant(
  { participant }: ParticipantRemoveRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { identity, name } = participant;
  const { confirm, toast } = ports.texts();
  const consent = await ports.ask({
    title: confirm.removeTitle(name),
    text: confirm.removeText,
    action: confirm.remove,
    note: confirm.note(name),
    block: { label: confirm.block, hint: confirm.blockHint },
  });
  if (!consent) return;
  const wasLocked = ports.store.room.peek()?.locked ?? false;
  try {
    const { settled, locked } = await ports.store.removeParticipant(identity, consent);
    const details = [
      ...(locked && !wasLocked ? [toast.linkKnocks] : []),
      ...(settled ? [] : [toast.unsettled]),
    ];
    const undo = await ports.toast({
      title: settled ? toast.removed(name) : toast.removing(name),
      ...(details.length > 0 && { detail: details.join(' ') }),
      action: toast.letBackIn,
    });
    if (undo) await ports.requestRestore(participant);
  } catch (error) {
    await fail(toast.removeFailed(name), error, ports);
  }
}

async function restoreParticipant(
  { participant }: ParticipantRestoreRequestEvent,
  ports: RouterPorts,
): Promise<void> {
  const { toast } = ports.texts();
  try {
    await ports.store.restoreParticipant(participant.identity);
    await ports.toast({ title: toast.restored(participant.name) });
  } catch (error) {
    await fail(toast.restoreFailed(participant.name), error, ports);
  }
}

async function leaveCall(_: Event, ports: RouterPorts): Promise<void> {
  try {
    await ports.store.leave();
  } catch (error) {
    await fail(ports.texts().toast.leaveFailed, error, ports);
  }
}

async function endCall({ keepMe }: CallEndRequestEvent, ports: RouterPorts): Promise<void> {
  const { toast } = ports.texts();
  try {
    const { settled } = await ports.store.endCall({ keepMe });
    // Without `keepMe` the page is out, and its notice says so; only what LiveKit owes is news.
    if (keepMe && settled) await ports.toast({ title: toast.othersLeft });
    else if (keepMe) await ports.toast({ title: toast.othersOut, detail: toast.othersUnsettled });
    else if (!settled) await ports.toast({ title: toast.callEnded, detail: toast.callUnsettled });
  } catch (error) {
    await fail(toast.endFailed, error, ports);
  }
}

async function admit({ knock }: KnockAdmitRequestEvent, ports: RouterPorts): Promise<void> {
  try {
    await ports.store.admit(knock.identity);
  } catch (error) {
    await failToDecide(ports.texts().toast.admitFailed(knock.name), error, ports);
  }
}

async function deny({ knock }: KnockDenyRequestEvent, ports: RouterPorts): Promise<void> {
  try {
    await ports.store.deny(knock.identity);
  } catch (error) {
    await failToDecide(ports.texts().toast.denyFailed(knock.name), error, ports);
  }
}

async function failToDecide(title: string, error: unknown, ports: RouterPorts): Promise<void> {
  // The card says who was faster.
  if (error instanceof MeetingError && error.code === 'already-decided') return;
  await fail(title, error, ports);
}

async function fail(title: string, error: unknown, ports: RouterPorts): Promise<void> {
  const code = error instanceof MeetingError ? error.code : 'internal';
  const reason = explain(code, ports.texts());
  await ports.toast({ title, detail: `${reason.title}. ${reason.text}` });
}
