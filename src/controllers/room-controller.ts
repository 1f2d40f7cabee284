import { complete } from '../locales/complete.ts';
import { en } from '../locales/en.ts';
import type { Locale } from '../locales/locale.ts';
import type { RoomContext } from './room-context.ts';
import { RoomFinder, type RoomElement } from './room-finder.ts';

/** Finds the room of an element that speaks with all of a language's texts. */
export class RoomController<T extends object> extends RoomFinder<T, Locale> {
  constructor(host: RoomElement, select: (room: RoomContext) => T) {
    super(host, select, en, ({ locale }) => complete(locale.value));
  }
}
