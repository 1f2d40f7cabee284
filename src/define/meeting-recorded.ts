import { MeetingRecorded } from '../elements/meeting-recordings/meeting-recorded.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-recorded', MeetingRecorded);
