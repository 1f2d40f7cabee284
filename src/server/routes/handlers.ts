import type { Stem } from '../../protocol/routes.ts';
import { callEnd } from './call-end.ts';
import { callEnter } from './call-enter.ts';
import { callLeave } from './call-leave.ts';
import { callResume } from './call-resume.ts';
import type { Handler } from './context.ts';
import { events } from './events.ts';
import { participantRemove } from './participant-remove.ts';
import { participantRestore } from './participant-restore.ts';
import { roomLock } from './room-lock.ts';

/** Who answers which route of the table. */
export const HANDLERS: { [S in Stem]: Handler<S> } = {
  'call-enter': callEnter,
  'call-resume': callResume,
  'call-leave': callLeave,
  'call-end': callEnd,
  'participant-remove': participantRemove,
  'participant-restore': participantRestore,
  'room-lock': roomLock,
  events,
};
