/*
 * What a customer writes around the room: which room, who vouches for the visitor, what to do with
 * what the room tells, and a button of their own that asks the room for something.
 */

const room = document.querySelector('#meeting');
const name = new URLSearchParams(location.search).get('room') || 'riverside-house';
const as = location.pathname.slice(1) || 'guest';
const vouched = as === 'host' || as === 'member';

document.querySelector('#room-name').textContent = name;
document.querySelector('#signed-in').textContent =
  {
    host: 'Signed in as staff',
    member: 'Signed in as client',
  }[as] ?? 'Not signed in';

// A fresh token for every join: it is good for a minute, and never part of a link.
async function fetchEntryToken() {
  const response = await fetch(`/entry-token?${new URLSearchParams({ room: name, as })}`);
  if (!response.ok) throw new Error(`The portal does not vouch: ${response.status}`);
  return response.text();
}

// What "Copy link" copies: the public link, not this page's own address.
room.setAttribute('invite-url', `${location.origin}/guest?${new URLSearchParams({ room: name })}`);
if (vouched) room.entryToken = fetchEntryToken;
room.setAttribute('server', `${location.origin}/meeting`);
room.setAttribute('room', name);

// The page's own switch. The room's answer comes as an event, to this page and all others.
const lock = document.querySelector('#lock');
let locked = true;

function showLock() {
  lock.textContent = locked ? 'Unlock room' : 'Lock room';
}

lock.addEventListener('click', async () => {
  lock.disabled = true;
  try {
    await room.setLocked(!locked);
  } catch (error) {
    note('setLocked failed', error.code ?? String(error));
  } finally {
    lock.disabled = false;
  }
});

room.addEventListener('meeting-joined', (event) => {
  lock.hidden = event.me.role !== 'host';
  locked = event.room.locked;
  showLock();
});
room.addEventListener('meeting-left', () => {
  lock.hidden = true;
});
room.addEventListener('room-locked', () => {
  locked = true;
  showLock();
});
room.addEventListener('room-unlocked', () => {
  locked = false;
  showLock();
});

// Everything else the room tells, as a list.
const tells = {
  'meeting-joined': (event) => `as ${event.me.name}, ${event.me.role}`,
  'meeting-left': (event) => [event.reason, event.by?.name && `by ${event.by.name}`],
  'meeting-reconnecting': (event) => event.why,
  'meeting-reconnected': () => '',
  'meeting-error': (event) => event.code,
  'participant-joined': (event) => event.participant.name,
  'participant-left': (event) => [event.participant.name, event.reason],
  'participant-removed': (event) => [
    event.participant.name,
    event.by?.name && `by ${event.by.name}`,
  ],
  'participant-restored': (event) => event.participant.name,
  'call-ended': (event) => [
    event.by?.name && `by ${event.by.name}`,
    event.keptHost && 'who is still in',
  ],
  'knock-received': (event) => [event.knock.name, event.knock.message],
  'knock-admitted': (event) => [event.knock.name, event.by?.name && `by ${event.by.name}`],
  'knock-denied': (event) => [event.knock.name, event.by?.name && `by ${event.by.name}`],
  'knock-over': (event) => [event.knock.name, event.reason],
  'room-locked': (event) => event.cause,
  'room-unlocked': (event) => event.by?.name && `by ${event.by.name}`,
  'presenter-mode-changed': (event) => (event.on ? 'on' : 'off'),
  'role-changed': (event) => `${event.participant.name}, ${event.participant.role}`,
  'message-received': (event) => event.message.by.name,
  'file-added': (event) => event.file.name,
  'file-deleted': (event) => event.file.name,
  'whiteboard-created': (event) => event.whiteboard.name,
  'whiteboard-cleared': (event) => event.whiteboard.name,
  'whiteboard-deleted': (event) => event.whiteboard.name,
  'recording-started': (event) => event.by?.name && `by ${event.by.name}`,
  'recording-stopped': (event) => event.by?.name && `by ${event.by.name}`,
  'recording-added': (event) => event.recording.name,
  'recording-deleted': (event) => event.recording.name,
  'room-reset': (event) => [event.parts, event.by?.name && `by ${event.by.name}`],
  'room-restored': (event) => [event.parts, event.by?.name && `by ${event.by.name}`],
};
for (const [type, tell] of Object.entries(tells)) {
  room.addEventListener(type, (event) =>
    note(type, [tell(event)].flat().filter(Boolean).join(', ')),
  );
}

function note(type, text) {
  const list = document.querySelector('#event-list');
  const item = document.createElement('li');
  const time = document.createElement('time');
  const heading = document.createElement('b');
  const line = document.createElement('span');
  time.textContent = new Date().toLocaleTimeString();
  heading.textContent = type;
  line.textContent = text;
  item.append(time, heading, line);
  list.prepend(item);
  document.querySelector('#count').textContent = String(list.children.length);
}

const toggle = document.querySelector('#toggle-events');
const events = document.querySelector('#events');
toggle.addEventListener('click', () => {
  events.hidden = !events.hidden;
  toggle.setAttribute('aria-expanded', String(!events.hidden));
});
