import { RequestEvent } from './request-event.ts';

/** Somebody wants to put files into the room: dropped, pasted or picked. */
export class FileUploadRequestEvent extends RequestEvent {
  readonly files: readonly File[];

  constructor(files: readonly File[], init?: EventInit) {
    super('file-upload-request', init);
    this.files = files;
  }

  protected override copy(init: EventInit): FileUploadRequestEvent {
    return new FileUploadRequestEvent(this.files, init);
  }
}
