import { MeetingLink } from '../elements/meeting-people/meeting-link.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-link', MeetingLink);
