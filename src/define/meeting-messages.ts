import { MeetingMessages } from '../elements/meeting-chat/meeting-messages.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-messages', MeetingMessages);
