import { MeetingNotice } from '../elements/meeting-notice/meeting-notice.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-notice', MeetingNotice);
