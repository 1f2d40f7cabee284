import { MeetingPanel } from '../elements/meeting-panel/meeting-panel.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-panel', MeetingPanel);
