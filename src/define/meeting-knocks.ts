import { MeetingKnocks } from '../elements/meeting-knocks/meeting-knocks.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-knocks', MeetingKnocks);
