// What a room fetches at once after its join screen shows, in one go: fewer and larger files
// compress better.
export { renderHelp, renderProblem } from './meeting-lobby/trouble.ts';
export { RoomLife } from './meeting-room/room-life.ts';
