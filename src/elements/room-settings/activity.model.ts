import type { RoomEvent } from '../../protocol/events.ts';
import type { Actor } from '../../protocol/participant.ts';
import type { PanelTexts } from '../../locales/en-panels.ts';

type Texts = PanelTexts['settings']['activity'];

/** One event of the log in words; undefined for one that is newer than this page. */
export function describe(event: RoomEvent, texts: Texts): string | undefined {
  const line = texts.lines[event.type];
  return line?.(whomOf(event) || texts.somebody, nameOf(event.by, texts));
}

function nameOf(by: Actor | undefined, texts: Texts): string {
  if (!by) return texts.host;
  return 'name' in by ? by.name : texts.server;
}

function whomOf(event: RoomEvent): string {
  if ('participant' in event) return event.participant.name;
  if ('knock' in event) return event.knock.name;
  if ('invitation' in event) return event.invitation.name ?? event.invitation.email ?? '';
  return '';
}
