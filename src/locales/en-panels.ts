import { chat } from './en-chat.ts';
import { files } from './en-files.ts';
import { people } from './en-people.ts';
import { recordings } from './en-recordings.ts';
import { settings } from './en-settings.ts';
import { whiteboard } from './en-whiteboard.ts';

/** What the panels say, each under its own name; a panel brings its English along. */
export const panelTexts = { chat, files, people, recordings, settings, whiteboard };

/** The texts of all panels. */
export type PanelTexts = typeof panelTexts;
