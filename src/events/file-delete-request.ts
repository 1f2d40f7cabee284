import type { RoomFile } from '../protocol/file.ts';
import { RequestEvent } from './request-event.ts';

/** Somebody wants a file to be gone. */
export class FileDeleteRequestEvent extends RequestEvent {
  readonly file: RoomFile;

  constructor(file: RoomFile, init?: EventInit) {
    super('file-delete-request', init);
    this.file = file;
  }

  protected override copy(init: EventInit): FileDeleteRequestEvent {
    return new FileDeleteRequestEvent(this.file, init);
  }
}
