import { MeetingConfirm } from '../elements/meeting-confirm/meeting-confirm.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-confirm', MeetingConfirm);
