/** What the panel with the people says. */
export const people = {
  inCall: 'In the call',
  options: (name: string) => `Options for ${name}`,
  you: (name: string) => `${name} (you)`,
  makeHost: 'Make host',
  makeHostHint: 'They can let people in, remove people and end the call.',
  makeGuest: 'Make guest',
  makeGuestHint: 'They stay in the call.',
  makeMeGuest: 'Stop being host',
  makeMeGuestHint: 'You stay in the call, as a guest.',
  remove: 'Remove from the meeting',
  saving: 'One moment…',
};
