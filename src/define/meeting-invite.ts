import { MeetingInvite } from '../elements/meeting-people/meeting-invite.ts';
import './meeting-link.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-invite', MeetingInvite);
