import { MeetingActivity } from '../elements/meeting-people/meeting-activity.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-activity', MeetingActivity);
