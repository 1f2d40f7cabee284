import { MeetingWhiteboard } from '../elements/meeting-whiteboard/meeting-whiteboard.ts';
import './meeting-board-menu.ts';
import './meeting-board-pdf.ts';
import './meeting-board.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-whiteboard', MeetingWhiteboard);
