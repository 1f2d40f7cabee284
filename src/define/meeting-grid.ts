import { MeetingGrid } from '../elements/meeting-grid/meeting-grid.ts';
import './participant-tile.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('meeting-grid', MeetingGrid);
