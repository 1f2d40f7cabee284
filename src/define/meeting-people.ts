import { MeetingPeople } from '../elements/meeting-people/meeting-people.ts';
import './meeting-people-list.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-people', MeetingPeople);
