import { MeetingLobby } from '../elements/meeting-lobby/meeting-lobby.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-lobby', MeetingLobby);
