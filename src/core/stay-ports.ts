import type { Api } from './api/client.ts';
import type { FeedOptions } from './api/feed.ts';
import type { OpenUploads } from './files/upload-line.ts';
import type { AskAccess } from './ask-access.ts';
import type { MakeLink } from './livekit/port.ts';
import type { Memory } from './memory.ts';
import type { Page } from './page.ts';

/** What a room needs of the world; tests bring their own. */
export interface StayPorts {
  readonly page: Page;
  memory(server: string, room: string): Memory;
  api?(server: string): Api;
  askAccess?: AskAccess;
  openUploads?: OpenUploads;
  loadLink?(): Promise<MakeLink>;
  openSocket?: FeedOptions['connect'];
}
