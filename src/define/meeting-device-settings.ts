import { MeetingDeviceSettings } from '../elements/room-settings/meeting-device-settings.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-device-settings', MeetingDeviceSettings);
