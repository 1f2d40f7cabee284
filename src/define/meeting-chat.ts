import { MeetingChat } from '../elements/meeting-chat/meeting-chat.ts';
import { MeetingCompose } from '../elements/meeting-chat/meeting-compose.ts';
import { MeetingMessages } from '../elements/meeting-chat/meeting-messages.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-messages', MeetingMessages);
safeDefine('meeting-compose', MeetingCompose);
safeDefine('meeting-chat', MeetingChat);
