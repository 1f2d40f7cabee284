import { MeetingWaiting } from '../elements/meeting-waiting/meeting-waiting.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-waiting', MeetingWaiting);
