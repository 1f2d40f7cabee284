import { MeetingControls } from '../elements/meeting-controls/meeting-controls.ts';
import './leave-menu.ts';
import './meeting-more.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-controls', MeetingControls);
