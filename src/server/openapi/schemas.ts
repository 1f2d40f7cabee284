import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { Problem } from '../../protocol/errors.ts';
import { RoomEvent } from '../../protocol/events.ts';
import { Exit, ExitReason } from '../../protocol/exit.ts';
import { AccessList, Invitation, LinkAccess } from '../../protocol/invitation.ts';
import { Knock } from '../../protocol/knock.ts';
import { AccessLevel, Actor, Participant, Role, RosterEntry } from '../../protocol/participant.ts';
import { Recording } from '../../protocol/recording.ts';
import { ResetReceipt } from '../../protocol/reset.ts';
import { Entered, RoomInfo, Snapshot } from '../../protocol/snapshot.ts';

/** `participant-left` as `ParticipantLeft`. */
export const eventName = (type: string): string =>
  type.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const EVENTS = Object.fromEntries(
  RoomEvent.options.map((event) => [eventName(event.entries.type.literal), event]),
);

/** What has a name in the document, and is referred to by it. */
const NAMED: Record<string, v.GenericSchema> = {
  AccessLevel,
  AccessList,
  Actor,
  Entered,
  Exit,
  ExitReason,
  Invitation,
  Knock,
  LinkAccess,
  Participant,
  Problem,
  Recording,
  ResetReceipt,
  Role,
  RoomEvent,
  RoomInfo,
  RosterEntry,
  Snapshot,
  ...EVENTS,
};

/** A JSON Schema without the parts that are the document's. */
export type Schema = Omit<JsonSchema, '$schema' | '$defs'>;

/**
 * The JSON Schema of a schema of ours, named ones by reference.
 * @throws Error for what JSON Schema can't say: nothing is left out silently.
 */
export function toSchema(schema: v.GenericSchema, typeMode: 'input' | 'output'): Schema {
  return convert(schema, { typeMode, definitions: NAMED });
}

/** Every named schema, by its name. */
export function namedSchemas(): Record<string, Schema> {
  const entries = Object.entries(NAMED).map(([name, schema]) => {
    const { [name]: _itself, ...others } = NAMED;
    return [name, convert(schema, { typeMode: 'output', definitions: others })];
  });
  return Object.fromEntries(entries) as Record<string, Schema>;
}

function convert(schema: v.GenericSchema, config: ConversionConfig): Schema {
  const {
    $schema: _dialect,
    $defs: _definitions,
    ...own
  } = toJsonSchema(schema, {
    ...config,
    target: 'draft-2020-12',
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  });
  return own;
}
