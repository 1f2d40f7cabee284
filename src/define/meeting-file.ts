import { MeetingFile } from '../elements/meeting-files/meeting-file.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-file', MeetingFile);
