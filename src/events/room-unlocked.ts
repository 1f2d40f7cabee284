import { RoomFactEvent } from './room-fact.ts';

/** From now on the public link lets people straight in. */
export class RoomUnlockedEvent extends RoomFactEvent {}
