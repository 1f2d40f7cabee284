import { MeetingRoom } from '../elements/meeting-room/meeting-room.ts';
import './meeting-lobby.ts';
import { PANEL_LOADERS } from './panels.ts';
import { safeDefine } from './safe-define.ts';

MeetingRoom.panels = PANEL_LOADERS;
MeetingRoom.loadStage = () => import('./stage.ts');
safeDefine('meeting-room', MeetingRoom);
