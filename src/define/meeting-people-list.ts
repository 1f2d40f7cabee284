import { MeetingPeopleList } from '../elements/meeting-people/meeting-people-list.ts';
import './meeting-person.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-people-list', MeetingPeopleList);
