import { MeetingChat } from '../elements/meeting-chat/meeting-chat.ts';
import './meeting-compose.ts';
import './meeting-messages.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-chat', MeetingChat);
