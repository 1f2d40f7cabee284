import { MeetingRecordings } from '../elements/meeting-recordings/meeting-recordings.ts';
import './meeting-kept-recording.ts';
import './meeting-recording.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-recordings', MeetingRecordings);
