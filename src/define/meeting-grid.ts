import { MeetingGrid } from '../elements/meeting-grid/meeting-grid.ts';
import './participant-tile.ts';
import { safeDefine } from './safe-define.ts';

MeetingGrid.loadScreen = () => import('./meeting-screen.ts');
safeDefine('meeting-grid', MeetingGrid);
