import { enEntrance } from '../locales/en-entrance.ts';
import type { RoomLocale } from '../locales/locale.ts';
import type { RoomContext } from './room-context.ts';
import { RoomFinder, type RoomElement } from './room-finder.ts';

/** Finds the room of the join screen, which does with the texts that are built in. */
export class EntranceController<T extends object> extends RoomFinder<T, RoomLocale> {
  constructor(host: RoomElement, select: (room: RoomContext) => T) {
    super(host, select, enEntrance, ({ locale }) => locale.value);
  }
}
