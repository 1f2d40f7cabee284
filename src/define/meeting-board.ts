import { MeetingBoard } from '../elements/meeting-whiteboard/meeting-board.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-board', MeetingBoard);
