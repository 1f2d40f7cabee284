import type { FeedSays } from '../protocol/feed.ts';
import type { Answer, Input } from '../protocol/routes.ts';
import type { CallSlices } from './call-slices.ts';
import type { Page } from './page.ts';

/** What is asked of the server for the chat. */
export type ChatStem =
  | 'message-send'
  | 'message-edit'
  | 'message-delete'
  | 'message-list'
  | 'message-read';

export interface ChatPorts {
  readonly slices: Pick<CallSlices, 'cells' | 'chat' | 'connection' | 'facts' | 'requests'>;
  readonly page: Page;
  act<S extends ChatStem>(stem: S, input: Input<S>): Promise<Answer<S>>;
  /** Said on the feed, and lost when that does not stand. */
  say(saying: FeedSays): void;
  /** Where this tab keeps what is written so; undefined while nobody is in. */
  place(how: 'written' | 'drafted'): string | undefined;
}
