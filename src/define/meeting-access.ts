import { MeetingAccess } from '../elements/meeting-people/meeting-access.ts';
import './meeting-invite.ts';
import './meeting-link.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-access', MeetingAccess);
