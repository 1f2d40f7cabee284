import * as v from 'valibot';
import { RoomEvent } from '../events.ts';
import { FeedWithheld } from '../feed.ts';
import { AccessList } from '../invitation.ts';
import { Knock } from '../knock.ts';
import { RosterEntry } from '../participant.ts';
import { PATHS } from '../paths.ts';
import { Recording } from '../recording.ts';
import { ResetCount, Restorable } from '../reset.ts';
import { RoomInfo } from '../snapshot.ts';
import { nothing, position, type Route } from './route.ts';

/** What may be read of a room. */
export const READING = {
  'room-read': {
    stem: 'room-read',
    ...PATHS['room-read'],
    access: 'host',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      room: RoomInfo,
      roster: v.array(RosterEntry),
      knocks: v.array(Knock),
      /** The one that runs. */
      recording: v.optional(Recording),
    }),
    errors: [],
  },
  'access-list': {
    stem: 'access-list',
    ...PATHS['access-list'],
    access: 'host',
    input: nothing,
    answer: AccessList,
    errors: [],
  },
  /** How much a reset would clear now. */
  'reset-preview': {
    stem: 'reset-preview',
    ...PATHS['reset-preview'],
    access: 'host',
    input: nothing,
    answer: v.object({
      seq: v.number(),
      parts: v.array(ResetCount),
      /** Who is in the call, and would be out by a full one. */
      people: v.number(),
      /** What earlier resets cleared and who asks may put back, the newest first. */
      restorable: v.array(Restorable),
      /** How long what is cleared now could be put back, in ms; 0: not at all. */
      keptFor: v.number(),
    }),
    errors: [],
  },
  /** The log backwards: who came, went, knocked, was let in, by whom. */
  activity: {
    stem: 'activity',
    ...PATHS.activity,
    access: 'host',
    input: v.strictObject({
      /** Only what is older than this event's position. */
      before: v.optional(position),
      limit: v.optional(v.pipe(v.string(), v.regex(/^([1-9]\d?|1\d\d|200)$/))),
    }),
    answer: v.object({
      /** The newest first. */
      events: v.array(RoomEvent),
      more: v.boolean(),
    }),
    errors: [],
  },
  /** All of the log as a file, the oldest first. */
  'activity-export': {
    stem: 'activity-export',
    ...PATHS['activity-export'],
    access: 'host',
    input: v.strictObject({ format: v.picklist(['csv', 'json']) }),
    answer: v.instance(Response),
    errors: [],
  },
  /** The log from a position on: what feeds and webhooks tell, for whoever missed some. */
  events: {
    stem: 'events',
    ...PATHS.events,
    access: 'session',
    takesApiKey: true,
    input: v.strictObject({
      after: position,
    }),
    answer: v.object({ seq: v.number(), events: v.array(v.union([RoomEvent, FeedWithheld])) }),
    errors: ['snapshot-needed'],
  },
} as const satisfies Record<string, Route>;
