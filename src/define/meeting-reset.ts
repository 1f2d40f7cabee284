import { MeetingReset } from '../elements/room-settings/meeting-reset.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-reset', MeetingReset);
