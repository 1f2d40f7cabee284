import { complete } from '../locales/complete.ts';
import { enCall } from '../locales/en.ts';
import type { CallLocale } from '../locales/locale.ts';
import type { RoomContext } from './room-context.ts';
import { RoomFinder, type RoomElement } from './room-finder.ts';

/** Finds the room of an element that speaks with the texts of a call. */
export class RoomController<T extends object> extends RoomFinder<T, CallLocale> {
  constructor(host: RoomElement, select: (room: RoomContext) => T) {
    super(host, select, enCall, ({ locale }) => complete(locale.value));
  }
}
