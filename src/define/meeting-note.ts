import { MeetingNote } from '../elements/meeting-people/meeting-note.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-note', MeetingNote);
