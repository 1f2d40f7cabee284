import type { RoomEventOf } from '../protocol/events.ts';
import type { Invitation } from '../protocol/invitation.ts';
import type { Actor } from '../protocol/participant.ts';
import { cleared, contentBack } from './en-reset.ts';

const who = (by: Actor | undefined): string =>
  by === undefined ? 'Somebody' : 'name' in by ? by.name : 'This site';
const invited = ({ name, email }: Pick<Invitation, 'name' | 'email'>): string =>
  name ?? email ?? 'somebody';
const opens = {
  off: 'is disabled',
  knock: 'asks people to knock',
  always: 'lets people in',
  host: 'makes people host',
};
const over = {
  withdrawn: 'stopped waiting',
  expired: 'waited, and nobody answered',
  removed: 'was removed while waiting',
  ended: 'waited when the call ended',
  reset: 'waited when the room was reset',
};

const cut = {
  left: 'who recorded left',
  lost: 'who recorded lost the connection',
  removed: 'who recorded was removed',
  ended: 'the call ended',
  reset: 'the room was reset',
  failed: 'the recorder failed',
};

/** What happened in the room, in words. */
export const activity = {
  'participant-joined': ({ participant }: RoomEventOf<'participant-joined'>) =>
    `${participant.name} joined`,
  'participant-left': ({ participant, reason }: RoomEventOf<'participant-left'>) =>
    reason === 'network'
      ? `${participant.name} lost the connection`
      : reason === 'replaced'
        ? `${participant.name} went on in another window`
        : `${participant.name} left`,
  'participant-removed': ({ participant, by, note }: RoomEventOf<'participant-removed'>) =>
    `${who(by)} removed ${participant.name}${note ? `: “${note}”` : ''}`,
  'participant-restored': ({ participant, by }: RoomEventOf<'participant-restored'>) =>
    `${who(by)} let ${participant.name} back in`,
  'call-ended': ({ by, keptHost, cause }: RoomEventOf<'call-ended'>) =>
    cause === 'no-host'
      ? 'The call ended, as no host was left'
      : `${who(by)} ended the call for everyone${keptHost ? ' else' : ''}`,
  'knock-received': ({ knock }: RoomEventOf<'knock-received'>) => `${knock.name} knocked`,
  'knock-admitted': ({ knock, by }: RoomEventOf<'knock-admitted'>) =>
    by ? `${who(by)} admitted ${knock.name}` : `${knock.name} was admitted`,
  'knock-denied': ({ knock, by, note }: RoomEventOf<'knock-denied'>) =>
    `${who(by)} denied ${knock.name}${note ? `: “${note}”` : ''}`,
  'knock-over': ({ knock, reason }: RoomEventOf<'knock-over'>) => `${knock.name} ${over[reason]}`,
  'room-locked': ({ by, cause }: RoomEventOf<'room-locked'>) =>
    cause === 'removal'
      ? 'The link asks people to knock, as somebody was removed'
      : cause === 'no-host'
        ? 'The link asks people to knock, as no host was left'
        : `${who(by)} made the link ask people to knock`,
  'room-unlocked': ({ by }: RoomEventOf<'room-unlocked'>) =>
    `${who(by)} made the link let people straight in`,
  'presenter-mode-changed': ({ by, on }: RoomEventOf<'presenter-mode-changed'>) =>
    `${who(by)} turned presenter mode ${on ? 'on' : 'off'}`,
  'recording-started': ({ recording }: RoomEventOf<'recording-started'>) =>
    `${who(recording.by)} started to record`,
  'recording-consented': ({ participant }: RoomEventOf<'recording-consented'>) =>
    `${participant.name} agreed to be recorded`,
  'recording-stopped': ({ by, reason }: RoomEventOf<'recording-stopped'>) =>
    reason === 'stopped'
      ? `${who(by)} stopped the recording`
      : `The recording ended: ${cut[reason]}`,
  'role-changed': ({ participant, by }: RoomEventOf<'role-changed'>) =>
    `${who(by)} made ${participant.name} ${participant.role}`,
  'invitation-created': ({ invitation, by }: RoomEventOf<'invitation-created'>) =>
    `${who(by)} invited ${invited(invitation)}`,
  'invitation-revoked': ({ invitation, by, cause }: RoomEventOf<'invitation-revoked'>) =>
    cause === 'removal'
      ? `The invitation for ${invited(invitation)} ended with a removal`
      : `${who(by)} withdrew the invitation for ${invited(invitation)}`,
  'link-changed': ({ access, by, cause }: RoomEventOf<'link-changed'>) =>
    cause === 'removal'
      ? `The private link ${opens[access]} after a removal`
      : `${who(by)} changed the private link: it ${opens[access]}`,
  'room-reset': ({ parts, by }: RoomEventOf<'room-reset'>) => cleared(parts, who(by)),
  'room-restored': ({ parts, by }: RoomEventOf<'room-restored'>) => contentBack(parts, who(by)),
  'pass-revoked': ({ participant, by }: RoomEventOf<'pass-revoked'>) =>
    `${who(by)} made ${participant.name} knock to come back`,
};
