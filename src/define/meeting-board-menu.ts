import { MeetingBoardMenu } from '../elements/meeting-whiteboard/meeting-board-menu.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-board-menu', MeetingBoardMenu);
