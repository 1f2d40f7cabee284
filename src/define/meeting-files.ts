import { MeetingFiles } from '../elements/meeting-files/meeting-files.ts';
import './meeting-file-view.ts';
import './meeting-file.ts';
import './meeting-upload.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-files', MeetingFiles);
