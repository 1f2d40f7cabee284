import { MeetingToasts } from '../elements/meeting-toasts/meeting-toasts.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-toasts', MeetingToasts);
