import { RequestEvent } from './request-event.ts';

/** Somebody wants to put files into the room: dropped, pasted or picked. */
export class FileUploadRequestEvent extends RequestEvent {
  readonly files: readonly File[];
  /** Whether each is to come with a message in the chat. */
  readonly inChat: boolean;

  constructor(files: readonly File[], inChat = false, init?: EventInit) {
    super('file-upload-request', init);
    this.files = files;
    this.inChat = inChat;
  }

  protected override copy(init: EventInit): FileUploadRequestEvent {
    return new FileUploadRequestEvent(this.files, this.inChat, init);
  }
}
