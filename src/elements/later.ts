// What a room fetches at once after its join screen shows, in one go: fewer and larger files
// compress better.
export { askToComeIn } from './meeting-lobby/ask.ts';
export { renderDoor } from './meeting-lobby/at-door.ts';
export { doorStyles } from './meeting-lobby/door.styles.ts';
export { RoomLife } from './meeting-room/room-life.ts';
