import type { ActName, Acts } from './acts.ts';
import type { BoardActName } from './board-state.ts';
import type { Chat } from './chat.ts';
import type { ChatActName } from './chat-state.ts';
import type { FileActName, RoomFiles } from './files/room-files.ts';
import type { LazyStay } from './lazy-stay.ts';
import type { Recordings } from './recording-state.ts';
import { RoomView } from './room-view.ts';
import type { ScreenShare } from './screen-share.ts';
import type { ScreenActName } from './screen-state.ts';
import type { Slices } from './slices.ts';
import type { Store } from './state.ts';
import type { Boards } from './whiteboards/boards.ts';

const ACTS = [
  'admit',
  'deny',
  'admitAll',
  'endCall',
  'removeParticipant',
  'restoreParticipant',
  'setLocked',
  'readNote',
  'writeNote',
  'setPresenterMode',
  'setRole',
  'invite',
  'revokeInvitation',
  'setLink',
  'revokePass',
  'activity',
  'exportActivity',
  'previewReset',
  'resetRoom',
  'restoreReset',
] as const satisfies readonly ActName[];

const CHAT_ACTS = [
  'sendMessage',
  'resendMessage',
  'discardMessage',
  'editMessage',
  'deleteMessage',
  'olderMessages',
  'draft',
  'keepDraft',
  'readMessages',
  'setTyping',
] as const satisfies readonly ChatActName[];

const FILE_ACTS = [
  'addFiles',
  'cancelUpload',
  'retryUpload',
  'deleteFile',
  'openFile',
  'filePreview',
  'viewFile',
] as const satisfies readonly FileActName[];

const BOARD_ACTS = [
  'createWhiteboard',
  'renameWhiteboard',
  'lockWhiteboard',
  'clearWhiteboard',
  'deleteWhiteboard',
  'openWhiteboard',
] as const satisfies readonly BoardActName[];

const SCREEN_ACTS = ['setScreenShare'] as const satisfies readonly ScreenActName[];

/**
 * What one does in a call, done by what is fetched with the call. Passed on by name: the join screen
 * waits for this file.
 */
export abstract class RoomActs
  extends RoomView
  implements
    Pick<Store, ActName | ChatActName | FileActName | BoardActName | ScreenActName | 'recordings'>
{
  declare readonly admit: Store['admit'];
  declare readonly deny: Store['deny'];
  declare readonly admitAll: Store['admitAll'];
  declare readonly endCall: Store['endCall'];
  declare readonly removeParticipant: Store['removeParticipant'];
  declare readonly restoreParticipant: Store['restoreParticipant'];
  declare readonly setLocked: Store['setLocked'];
  declare readonly readNote: Store['readNote'];
  declare readonly writeNote: Store['writeNote'];
  declare readonly setPresenterMode: Store['setPresenterMode'];
  declare readonly setRole: Store['setRole'];
  declare readonly invite: Store['invite'];
  declare readonly revokeInvitation: Store['revokeInvitation'];
  declare readonly setLink: Store['setLink'];
  declare readonly revokePass: Store['revokePass'];
  declare readonly activity: Store['activity'];
  declare readonly exportActivity: Store['exportActivity'];
  declare readonly previewReset: Store['previewReset'];
  declare readonly resetRoom: Store['resetRoom'];
  declare readonly restoreReset: Store['restoreReset'];
  declare readonly sendMessage: Store['sendMessage'];
  declare readonly resendMessage: Store['resendMessage'];
  declare readonly discardMessage: Store['discardMessage'];
  declare readonly editMessage: Store['editMessage'];
  declare readonly deleteMessage: Store['deleteMessage'];
  declare readonly olderMessages: Store['olderMessages'];
  declare readonly readMessages: Store['readMessages'];
  declare readonly draft: Store['draft'];
  declare readonly keepDraft: Store['keepDraft'];
  declare readonly setTyping: Store['setTyping'];
  declare readonly addFiles: Store['addFiles'];
  declare readonly cancelUpload: Store['cancelUpload'];
  declare readonly retryUpload: Store['retryUpload'];
  declare readonly deleteFile: Store['deleteFile'];
  declare readonly openFile: Store['openFile'];
  declare readonly filePreview: Store['filePreview'];
  declare readonly viewFile: Store['viewFile'];
  declare readonly createWhiteboard: Store['createWhiteboard'];
  declare readonly renameWhiteboard: Store['renameWhiteboard'];
  declare readonly lockWhiteboard: Store['lockWhiteboard'];
  declare readonly clearWhiteboard: Store['clearWhiteboard'];
  declare readonly deleteWhiteboard: Store['deleteWhiteboard'];
  declare readonly openWhiteboard: Store['openWhiteboard'];
  declare readonly setScreenShare: Store['setScreenShare'];

  protected readonly stay: LazyStay;

  constructor(slices: Slices, stay: LazyStay) {
    super(slices);
    this.stay = stay;
    passOn(this, ACTS, async (): Promise<Acts> => (await stay.get()).acts);
    passOn(this, FILE_ACTS, async (): Promise<RoomFiles> => (await stay.get()).files.get());
    passOn(this, BOARD_ACTS, async (): Promise<Boards> => (await stay.get()).boards.get());
    passOn(this, SCREEN_ACTS, async (): Promise<ScreenShare> => (await stay.get()).screen);
    passOn(this, CHAT_ACTS, async (): Promise<Chat> => (await stay.get()).chat.get());
  }

  async recordings(): Promise<Recordings> {
    return (await this.stay.get()).recordings.get();
  }
}

/** Gives `to` the methods `names` of what `get` fetches. */
function passOn<N extends string>(
  to: object,
  names: readonly N[],
  get: () => Promise<Readonly<Record<N, (...args: never[]) => unknown>>>,
): void {
  for (const name of names) {
    Object.assign(to, { [name]: async (...args: never[]) => (await get())[name](...args) });
  }
}
