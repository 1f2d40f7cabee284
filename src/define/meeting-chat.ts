import { MeetingChat } from '../elements/meeting-chat/meeting-chat.ts';
import './meeting-compose.ts';
import './meeting-messages.ts';
import { safeDefine } from './safe-define.ts';

MeetingChat.loadFiles = () => import('./meeting-files.ts');
safeDefine('meeting-chat', MeetingChat);
