import { RoomSettings } from '../elements/room-settings/room-settings.ts';
import './meeting-activity.ts';
import './meeting-device-settings.ts';
import './meeting-reset.ts';
import { safeDefine } from './safe-define.ts';

RoomSettings.loadRecordings = () => import('./meeting-recordings.ts');
safeDefine('room-settings', RoomSettings);
