import { ParticipantTile } from '../elements/participant-tile/participant-tile.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('participant-tile', ParticipantTile);
