import type { BackendStem } from '../../protocol/routes.ts';
import type { Stem } from '../../protocol/paths.ts';
import { callCheck } from './call-check.ts';
import { callEnd } from './call-end.ts';
import { callEnter } from './call-enter.ts';
import { callLeave } from './call-leave.ts';
import { callResume } from './call-resume.ts';
import { accessList } from './access-list.ts';
import { activityExport } from './activity-export.ts';
import { activity } from './activity.ts';
import type { BackendHandler, Handler } from './context.ts';
import { events } from './events.ts';
import { fileDelete } from './file-delete.ts';
import { fileList } from './file-list.ts';
import { fileOpen } from './file-open.ts';
import { filePreviewSet } from './file-preview-set.ts';
import { filePreview } from './file-preview.ts';
import { fileRead } from './file-read.ts';
import { invitationCreate } from './invitation-create.ts';
import { invitationRevoke } from './invitation-revoke.ts';
import { knockAdmit } from './knock-admit.ts';
import { knockCamera } from './knock-camera.ts';
import { knockDeny } from './knock-deny.ts';
import { knockLook } from './knock-look.ts';
import { knockWithdraw } from './knock-withdraw.ts';
import { knock } from './knock.ts';
import { linkSet } from './link-set.ts';
import { messageDelete } from './message-delete.ts';
import { messageEdit } from './message-edit.ts';
import { messageList } from './message-list.ts';
import { messageRead } from './message-read.ts';
import { messageSend } from './message-send.ts';
import { participantRemove } from './participant-remove.ts';
import { participantRestore } from './participant-restore.ts';
import { passRevoke } from './pass-revoke.ts';
import { resetPreview } from './reset-preview.ts';
import { resetPurge } from './reset-purge.ts';
import { resetRestore } from './reset-restore.ts';
import { recordingConsent } from './recording-consent.ts';
import { recordingDelete } from './recording-delete.ts';
import { recordingList } from './recording-list.ts';
import { recordingOpen } from './recording-open.ts';
import { recordingRead } from './recording-read.ts';
import { recordingStart } from './recording-start.ts';
import { recordingStop } from './recording-stop.ts';
import { roleSet } from './role-set.ts';
import { noteRead } from './note-read.ts';
import { noteWrite } from './note-write.ts';
import { presenterMode } from './presenter-mode.ts';
import { roomLock } from './room-lock.ts';
import { roomRead } from './room-read.ts';
import { roomReset } from './room-reset.ts';
import { whiteboardClear } from './whiteboard-clear.ts';
import { whiteboardCreate } from './whiteboard-create.ts';
import { whiteboardDelete } from './whiteboard-delete.ts';
import { whiteboardList } from './whiteboard-list.ts';
import { whiteboardLock } from './whiteboard-lock.ts';
import { whiteboardRead } from './whiteboard-read.ts';
import { whiteboardRename } from './whiteboard-rename.ts';
import { whiteboardUpdate } from './whiteboard-update.ts';

/** Who answers what the integrator's code may ask for, too. */
export const BACKEND_HANDLERS: { [S in BackendStem]: BackendHandler<S> } = {
  'call-end': callEnd,
  'participant-remove': participantRemove,
  'participant-restore': participantRestore,
  'knock-admit': knockAdmit,
  'knock-deny': knockDeny,
  'room-lock': roomLock,
  'presenter-mode': presenterMode,
  'role-set': roleSet,
  'link-set': linkSet,
  'invitation-create': invitationCreate,
  'invitation-revoke': invitationRevoke,
  'pass-revoke': passRevoke,
  'whiteboard-list': whiteboardList,
  'whiteboard-create': whiteboardCreate,
  'whiteboard-rename': whiteboardRename,
  'whiteboard-read': whiteboardRead,
  'whiteboard-lock': whiteboardLock,
  'whiteboard-clear': whiteboardClear,
  'whiteboard-delete': whiteboardDelete,
  'recording-start': recordingStart,
  'recording-stop': recordingStop,
  'recording-list': recordingList,
  'recording-delete': recordingDelete,
  'room-reset': roomReset,
  'reset-restore': resetRestore,
  'reset-purge': resetPurge,
  'reset-preview': resetPreview,
  'room-read': roomRead,
  'access-list': accessList,
  activity,
  'activity-export': activityExport,
  events,
};

/** Who answers which route of the table. */
export const HANDLERS: { [S in Stem]: Handler<S> } = {
  ...BACKEND_HANDLERS,
  'call-check': callCheck,
  'call-enter': callEnter,
  'call-resume': callResume,
  'call-leave': callLeave,
  'note-read': noteRead,
  'note-write': noteWrite,
  'message-send': messageSend,
  'message-edit': messageEdit,
  'message-delete': messageDelete,
  'message-list': messageList,
  'message-read': messageRead,
  knock,
  'knock-withdraw': knockWithdraw,
  'knock-camera': knockCamera,
  'knock-look': knockLook,
  'whiteboard-update': whiteboardUpdate,
  'recording-consent': recordingConsent,
  'recording-open': recordingOpen,
  'recording-read': recordingRead,
  'file-list': fileList,
  'file-preview': filePreview,
  'file-preview-set': filePreviewSet,
  'file-open': fileOpen,
  'file-read': fileRead,
  'file-delete': fileDelete,
};
