import type { RoomEventType } from '../../protocol/events.ts';
import type { Stem } from '../../protocol/paths.ts';
import type { Access } from '../../protocol/routes.ts';

/** What each route does, in one line. */
export const ROUTE_TEXTS: Record<Stem, string> = {
  'call-check': 'How far a visitor may go, before they do; changes nothing',
  'call-enter': 'Come in',
  'call-resume': 'Come back: after a lost connection, a reload, or leaving',
  'call-leave': 'Leave',
  'call-end': 'End the call for everybody, or for everybody else',
  'participant-remove': 'Put somebody out, and keep them out',
  'participant-restore': 'Let back in who was put out',
  knock: 'Ask the hosts to be let in',
  'knock-withdraw': 'No longer wait',
  'knock-admit': 'Let in who knocks',
  'knock-deny': 'Decline who knocks',
  'knock-camera': 'Show oneself to the hosts while waiting, or no longer',
  'knock-look': 'Look at somebody who knocks and shows themselves',
  'presenter-mode': 'Say whether hosts alone share their screen, add files and draw',
  'room-lock': 'Say whether the public link asks people to knock',
  'role-set': 'Make somebody a host, or a guest again',
  'link-set': 'Say what the shared private link opens; a new key is told once',
  'invitation-create': 'Invite somebody; the key is told once',
  'invitation-revoke': 'Take an invitation back',
  'pass-revoke': 'Have somebody who left knock to come back',
  'room-reset':
    'Clear parts of what the room keeps; with `activity` all of it, and everybody is out',
  'reset-preview': 'How much a reset would clear now',
  'file-list': 'What the room keeps in files, the newest first',
  'file-preview': 'A small picture of a file',
  'file-preview-set': 'Give an upload of one’s own a small picture, before it is complete',
  'file-open': 'A link to a file’s bytes, for a minute and for who asks alone',
  'file-read': 'What such a link opens, whole or one range of it; always an attachment',
  'file-delete': 'Delete a file: one’s own, hosts any',
  'message-send':
    'Write to everybody, or to one person; again with the same id, it is the same message',
  'message-edit': 'Change an own message',
  'message-delete': 'Delete an own message; a host, any that is not private',
  'message-list': 'What people wrote, as far as it is for who asks, in pages backwards',
  'message-read': 'Say how far one has read',
  'room-read': 'How the room stands: who is in it, and who knocks',
  'access-list': 'Who may come in, by what; and who may not',
  activity: 'What happened, the newest first',
  'activity-export': 'All that happened, as a file',
  events: 'Events after a position, the oldest first, 500 at most',
};

/** Who may call it. */
export const ACCESS_TEXTS: Record<Access, string> = {
  anyone: 'For anyone.',
  resumable: 'For the session of a stay, also of one that may come back.',
  session: 'For the session of a stay that is not over.',
  waiting: 'For the session of a knock that is not answered.',
  host: 'For the session of a host, or an API key.',
  'host-here': 'For the session of a host.',
};

export const EVENT_TEXTS: Record<RoomEventType, string> = {
  'participant-joined': 'Somebody is in the call',
  'participant-left': 'Somebody is no longer in the call, for whatever reason',
  'participant-removed': 'A host put somebody out',
  'participant-restored': 'A host let somebody back in',
  'call-ended': 'The call was ended',
  'knock-received': 'Somebody knocks, or says something else than before',
  'knock-admitted': 'Somebody who knocked was let in',
  'knock-denied': 'A host declined',
  'knock-over': 'Somebody no longer waits, without a host having decided',
  'presenter-mode-changed': 'From now on hosts alone present, or everybody may again',
  'room-locked': 'From now on the public link asks people to knock',
  'room-unlocked': 'From now on the public link lets people straight in',
  'role-changed': 'Somebody was made a host, or a guest again',
  'invitation-created': 'Somebody was invited',
  'invitation-revoked': 'An invitation opens nothing any more',
  'link-changed': 'The private link opens something else, or has a new key',
  'pass-revoked': 'Somebody who left must knock to come back',
  'file-added': 'A file is complete, and everybody in the call may have it',
  'file-deleted': 'A file is gone',
  'message-received': 'Somebody wrote to everybody; private messages are told to no backend',
  'message-edited': 'Somebody changed what they had written',
  'message-deleted': 'A message is gone',
  'room-reset': 'Parts of what the room keeps were cleared',
};
