import { MeetingUpload } from '../elements/meeting-files/meeting-upload.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-upload', MeetingUpload);
