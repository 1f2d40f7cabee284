import { MeetingFileView } from '../elements/meeting-files/meeting-file-view.ts';
import { MeetingFile } from '../elements/meeting-files/meeting-file.ts';
import { MeetingFiles } from '../elements/meeting-files/meeting-files.ts';
import { MeetingUpload } from '../elements/meeting-files/meeting-upload.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-file', MeetingFile);
safeDefine('meeting-upload', MeetingUpload);
safeDefine('meeting-file-view', MeetingFileView);
safeDefine('meeting-files', MeetingFiles);
