import { MeetingRecordingBadge } from '../elements/meeting-recordings/meeting-recording-badge.ts';
import { safeDefine } from './safe-define.ts';

MeetingRecordingBadge.loadAsk = () => import('./meeting-recorded.ts');
safeDefine('meeting-recording-badge', MeetingRecordingBadge);
