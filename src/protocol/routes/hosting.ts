import * as v from 'valibot';
import { Invitation, LinkAccess } from '../invitation.ts';
import { AccessKey, Identity, InvitationId, ResetId } from '../names.ts';
import { AccessLevel, Participant, Role } from '../participant.ts';
import { PATHS } from '../paths.ts';
import { ResetCount, ResetPart, ResetReceipt } from '../reset.ts';
import { Media, name, note, type Route, seq } from './route.ts';

/**
 * What a removal or its undo came to. `settled` says whether LiveKit has carried it out; if not, it
 * is retried until it has, and the door keeps the person out meanwhile.
 */
const Decided = v.object({ seq: v.number(), settled: v.boolean(), locked: v.boolean() });

/** What hosts decide. */
export const HOSTING = {
  'knock-admit': {
    stem: 'knock-admit',
    ...PATHS['knock-admit'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
  },
  'knock-deny': {
    stem: 'knock-deny',
    ...PATHS['knock-deny'],
    access: 'host',
    input: v.strictObject({ identity: Identity, note }),
    answer: seq,
    errors: ['knock-not-found', 'already-decided'],
  },
  /** Looks at somebody who knocks and shows themselves. They do not see who looks. */
  'knock-look': {
    stem: 'knock-look',
    ...PATHS['knock-look'],
    access: 'host-here',
    input: v.strictObject({ identity: Identity }),
    answer: Media,
    errors: ['knock-not-found', 'already-decided'],
  },
  'call-end': {
    stem: 'call-end',
    ...PATHS['call-end'],
    access: 'host',
    input: v.strictObject({
      /** The host who ends it stays in, with their media as it is. */
      keepMe: v.optional(v.boolean()),
    }),
    /** `settled` says whether LiveKit agrees that everybody is out; if not, it is retried. */
    answer: v.object({ seq: v.number(), settled: v.boolean(), ended: v.number() }),
    errors: [],
  },
  'participant-remove': {
    stem: 'participant-remove',
    ...PATHS['participant-remove'],
    access: 'host',
    input: v.strictObject({
      identity: Identity,
      note,
      /** "Don't let them back in": knocks are refused, too. */
      block: v.optional(v.boolean()),
    }),
    answer: Decided,
    errors: ['participant-not-found', 'participant-out', 'not-yourself'],
  },
  'participant-restore': {
    stem: 'participant-restore',
    ...PATHS['participant-restore'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['participant-not-found'],
  },
  'room-lock': {
    stem: 'room-lock',
    ...PATHS['room-lock'],
    access: 'host',
    input: v.strictObject({ locked: v.boolean() }),
    answer: v.object({ seq: v.number(), locked: v.boolean() }),
    errors: [],
  },
  /** In it, hosts alone share their screen, add files and draw. */
  'presenter-mode': {
    stem: 'presenter-mode',
    ...PATHS['presenter-mode'],
    access: 'host',
    input: v.strictObject({ on: v.boolean() }),
    answer: v.object({ seq: v.number(), on: v.boolean() }),
    errors: [],
  },
  'role-set': {
    stem: 'role-set',
    ...PATHS['role-set'],
    access: 'host',
    input: v.strictObject({ identity: Identity, role: Role }),
    answer: seq,
    errors: ['participant-not-found', 'participant-out', 'last-host'],
  },
  /** Makes the link's key on the way from `off`, and anew with `renew`; it is told this once. */
  'link-set': {
    stem: 'link-set',
    ...PATHS['link-set'],
    access: 'host',
    input: v.strictObject({ access: LinkAccess, renew: v.optional(v.boolean()) }),
    answer: v.object({ seq: v.number(), access: LinkAccess, key: v.optional(AccessKey) }),
    errors: [],
  },
  /** Of name and address, one must be there. */
  'invitation-create': {
    stem: 'invitation-create',
    ...PATHS['invitation-create'],
    access: 'host',
    input: v.strictObject({
      name,
      email: v.optional(v.pipe(v.string(), v.email(), v.maxLength(320))),
      access: AccessLevel,
      maxUses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
      /** ms since the epoch. */
      expiresAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
    answer: v.object({
      seq: v.number(),
      invitation: Invitation,
      /** For the link's fragment, `#key=…`. Told this once. */
      key: AccessKey,
    }),
    errors: [],
  },
  'invitation-revoke': {
    stem: 'invitation-revoke',
    ...PATHS['invitation-revoke'],
    access: 'host',
    input: v.strictObject({
      id: InvitationId,
      /** Whoever came by it and is in the call is put out, too. */
      remove: v.optional(v.boolean()),
    }),
    answer: v.object({ seq: v.number(), removed: v.number() }),
    errors: ['invitation-not-found'],
  },
  'pass-revoke': {
    stem: 'pass-revoke',
    ...PATHS['pass-revoke'],
    access: 'host',
    input: v.strictObject({ identity: Identity }),
    answer: seq,
    errors: ['pass-not-found'],
  },
  /** Clears parts of what the room keeps. */
  'room-reset': {
    stem: 'room-reset',
    ...PATHS['room-reset'],
    access: 'host',
    input: v.strictObject({
      parts: v.pipe(v.array(ResetPart), v.minLength(1), v.maxLength(20)),
      /** With `activity`: the host who does it stays in, with their media as it is. */
      keepMe: v.optional(v.boolean()),
    }),
    answer: v.object({
      seq: v.number(),
      /** Whether all is done, and LiveKit agrees that everybody is out; if not, it goes on. */
      settled: v.boolean(),
      /** What it came to, once the parts are cleared. */
      receipt: v.optional(ResetReceipt),
      /** Who came by an invitation that is gone now, and is still in the call. */
      here: v.array(Participant),
    }),
    errors: [],
  },
  /** Puts back what a reset cleared, while the server keeps it. */
  'reset-restore': {
    stem: 'reset-restore',
    ...PATHS['reset-restore'],
    access: 'host',
    input: v.strictObject({ id: ResetId }),
    answer: v.object({ seq: v.number(), parts: v.array(ResetCount) }),
    errors: ['reset-not-found'],
  },
  /** Deletes what a reset cleared before its time is over. */
  'reset-purge': {
    stem: 'reset-purge',
    ...PATHS['reset-purge'],
    access: 'host',
    input: v.strictObject({ id: ResetId }),
    answer: seq,
    errors: ['reset-not-found'],
  },
} as const satisfies Record<string, Route>;
