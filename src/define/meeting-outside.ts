import { MeetingOutside } from '../elements/meeting-people/meeting-outside.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-outside', MeetingOutside);
