import { MeetingRoom } from '../elements/meeting-room/meeting-room.ts';
import './meeting-lobby.ts';
import { safeDefine } from './safe-define.ts';

MeetingRoom.loadStage = () => import('./stage.ts');
safeDefine('meeting-room', MeetingRoom);
