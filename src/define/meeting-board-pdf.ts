import { MeetingBoardPdf } from '../elements/meeting-whiteboard/meeting-board-pdf.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-board-pdf', MeetingBoardPdf);
