import { MeetingPeople } from '../elements/meeting-people/meeting-people.ts';
import './meeting-access.ts';
import './meeting-activity.ts';
import './meeting-note.ts';
import './meeting-outside.ts';
import './meeting-people-list.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-people', MeetingPeople);
