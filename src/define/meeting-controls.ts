import { MeetingControls } from '../elements/meeting-controls/meeting-controls.ts';
import { MeetingMore } from '../elements/meeting-controls/meeting-more.ts';
import './leave-menu.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-more', MeetingMore);
safeDefine('meeting-controls', MeetingControls);
