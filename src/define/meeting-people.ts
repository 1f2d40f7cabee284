import { MeetingPeopleList } from '../elements/meeting-people/meeting-people-list.ts';
import { MeetingPeople } from '../elements/meeting-people/meeting-people.ts';
import { MeetingPerson } from '../elements/meeting-people/meeting-person.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-person', MeetingPerson);
safeDefine('meeting-people-list', MeetingPeopleList);
safeDefine('meeting-people', MeetingPeople);
