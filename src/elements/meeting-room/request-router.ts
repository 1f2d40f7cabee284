import { requestKey } from '../../core/state.ts';
import type { CallEndRequestEvent } from '../../events/call-end-request.ts';
import type { ParticipantRemoveRequestEvent } from '../../events/participant-remove-request.ts';
import type { ParticipantRestoreRequestEvent } from '../../events/participant-restore-request.ts';
import type { MeetingRequestEventMap } from '../../events/map.ts';
import type { Routed } from '../../events/request-names.ts';
import type { RequestEvent } from '../../events/request-event.ts';
import type { Stem } from '../../protocol/paths.ts';
import {
  createInvitation,
  lockRoom,
  revokeInvitation,
  revokePass,
  setLink,
  setPresenterMode,
  setRole,
} from './access-requests.ts';
import { enterCall, knock, withdrawKnock } from './entrance-requests.ts';
import { admit, deny } from './knock-requests.ts';
import { resetRoom, restoreReset } from './reset-request.ts';
import { clearBoard, createBoard, deleteBoard, lockBoard, renameBoard } from './board-requests.ts';
import { deleteFile, uploadFiles } from './file-requests.ts';
import { deleteMessage, editMessage, sendMessage } from './chat-requests.ts';
import { fail, type RouterPorts } from './router-ports.ts';

type Handlers = {
  [T in Routed]: (event: MeetingRequestEventMap[T], ports: RouterPorts) => Promise<void>;
};

const HANDLERS: Handlers = {
  'call-enter-request': enterCall,
  'knock-request': knock,
  'knock-withdraw-request': withdrawKnock,
  'call-leave-request': leaveCall,
  'call-end-request': endCall,
  'participant-remove-request': removeParticipant,
  'participant-restore-request': restoreParticipant,
  'role-set-request': setRole,
  'room-lock-request': lockRoom,
  'presenter-mode-request': setPresenterMode,
  'link-set-request': setLink,
  'invitation-create-request': createInvitation,
  'invitation-revoke-request': revokeInvitation,
  'pass-revoke-request': revokePass,
  'room-reset-request': resetRoom,
  'reset-restore-request': restoreReset,
  'file-upload-request': uploadFiles,
  'file-delete-request': deleteFile,
  'knock-admit-request': admit,
  'knock-deny-request': deny,
  'message-send-request': sendMessage,
  'message-edit-request': editMessage,
  'message-delete-request': deleteMessage,
  'whiteboard-create-request': createBoard,
  'whiteboard-rename-request': renameBoard,
  'whiteboard-lock-request': lockBoard,
  'whiteboard-clear-request': clearBoard,
  'whiteboard-delete-request': deleteBoard,
  'recording-start-request': async (event, ports) =>
    (await import('./recording-requests.ts')).startRecording(event, ports),
  'recording-stop-request': async (event, ports) =>
    (await import('./recording-requests.ts')).stopRecording(event, ports),
  'recording-delete-request': async (event, ports) =>
    (await import('./recording-requests.ts')).deleteRecording(event, ports),
  'panel-request': ({ panel }, ports) => ports.showPanel(panel),
};

/** Whoever asks there has no toasts to look at: the screen itself says why not. */
const TOLD_IN_PLACE: ReadonlySet<string> = new Set<Routed>([
  'call-enter-request',
  'knock-request',
  'knock-withdraw-request',
]);

/**
 * Carries out what somebody asked for, once everybody on its way had the chance to prevent it, and
 * whoever holds it has said yes. Meanwhile it shows as pending.
 */
export async function carryOut(event: RequestEvent, ports: RouterPorts): Promise<void> {
  if (event.defaultPrevented) return;
  const handle = HANDLERS[event.type as Routed] as (
    request: RequestEvent,
    withPorts: RouterPorts,
  ) => Promise<void>;
  if (event.isHeld) {
    const verdict = event.verdict();
    ports.store.hold(keyOf(event), verdict);
    const said = await verdict;
    if (!said.allowed && TOLD_IN_PLACE.has(event.type)) return;
    if (!said.allowed) return refuse(said, ports);
  }
  await handle(event, ports);
}

/** Tells the person why not, in the page's words; a quiet no needs none. */
export async function refuse(
  { reason, cause }: { reason?: string; cause?: unknown },
  { toast, texts }: RouterPorts,
): Promise<void> {
  const { vetoed, unchecked, uncheckedText } = texts().toast;
  if (reason !== undefined) await toast({ title: vetoed, detail: reason });
  else if (cause !== undefined) await toast({ title: unchecked, detail: uncheckedText });
}

/** Where controls look whether this is pending: the same place as when it is under way. */
function keyOf(event: RequestEvent): string {
  const stem = event.type.replace(/-request$/, '') as Stem;
  if ('participant' in event) {
    return requestKey(stem, (event as ParticipantRemoveRequestEvent).participant.identity);
  }
  if ('knock' in event)
    return requestKey(
      stem,
      (event as MeetingRequestEventMap['knock-admit-request']).knock.identity,
    );
  if (stem === 'invitation-revoke') {
    const { invitation } = event as MeetingRequestEventMap['invitation-revoke-request'];
    return requestKey(stem, invitation.id);
  }
  if (stem === 'recording-delete') {
    const { recording } = event as MeetingRequestEventMap['recording-delete-request'];
    return requestKey(stem, recording.id);
  }
  if (stem === 'file-delete') {
    const { file } = event as MeetingRequestEventMap['file-delete-request'];
    return requestKey(stem, file.id);
  }
  if ('whiteboard' in event) {
    return requestKey(
      stem,
      (event as MeetingRequestEventMap['whiteboard-lock-request']).whiteboard.id,
    );
  }
  if (stem === 'message-edit' || stem === 'message-delete') {
    const { message } = event as MeetingRequestEventMap['message-delete-request'];
    return requestKey(stem, message.id);
  }
  return requestKey(stem);
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

async function leaveCall(_: RequestEvent, ports: RouterPorts): Promise<void> {
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
