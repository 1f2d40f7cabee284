import { MeetingActivity } from '../elements/room-settings/meeting-activity.ts';
import { MeetingDeviceSettings } from '../elements/room-settings/meeting-device-settings.ts';
import { MeetingReset } from '../elements/room-settings/meeting-reset.ts';
import { RoomSettings } from '../elements/room-settings/room-settings.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-device-settings', MeetingDeviceSettings);
safeDefine('meeting-activity', MeetingActivity);
safeDefine('meeting-reset', MeetingReset);
safeDefine('room-settings', RoomSettings);
