import { MeetingMore } from '../elements/meeting-controls/meeting-more.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-more', MeetingMore);
