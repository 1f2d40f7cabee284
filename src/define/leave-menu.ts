import { LeaveMenu } from '../elements/leave-menu/leave-menu.ts';
import { safeDefine } from './safe-define.ts';

safeDefine('leave-menu', LeaveMenu);
