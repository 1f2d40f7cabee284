import { MeetingFileView } from '../elements/meeting-files/meeting-file-view.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-file-view', MeetingFileView);
