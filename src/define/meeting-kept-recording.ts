import { MeetingKeptRecording } from '../elements/meeting-recordings/meeting-kept-recording.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-kept-recording', MeetingKeptRecording);
