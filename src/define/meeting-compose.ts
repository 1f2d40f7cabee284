import { MeetingCompose } from '../elements/meeting-chat/meeting-compose.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-compose', MeetingCompose);
