import { MeetingRecording } from '../elements/meeting-recordings/meeting-recording.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-recording', MeetingRecording);
