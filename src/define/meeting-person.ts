import { MeetingPerson } from '../elements/meeting-people/meeting-person.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-person', MeetingPerson);
