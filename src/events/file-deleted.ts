import type { RoomEventOf } from '../protocol/events.ts';
import type { RoomFile } from '../protocol/file.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A file is gone; `by` says who took it away. */
export class FileDeletedEvent extends RoomFactEvent {
  readonly file: RoomFile;

  constructor(fact: RoomEventOf<'file-deleted'>) {
    super(fact);
    this.file = fact.file;
  }
}
