import type { RoomEventOf } from '../protocol/events.ts';
import type { RoomFile } from '../protocol/file.ts';
import { RoomFactEvent } from './room-fact.ts';

/** A file is complete, and everybody in the call may have it. */
export class FileAddedEvent extends RoomFactEvent {
  readonly file: RoomFile;

  constructor(fact: RoomEventOf<'file-added'>) {
    super(fact);
    this.file = fact.file;
  }
}
