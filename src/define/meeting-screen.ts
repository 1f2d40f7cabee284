import { MeetingScreen } from '../elements/meeting-screen/meeting-screen.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-screen', MeetingScreen);
