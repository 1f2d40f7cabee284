import * as v from 'valibot';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanName } from '../../protocol/names.ts';
import type { Input } from '../../protocol/routes.ts';
import { checkVouch, readEntryToken, Vouch } from '../entry-token.ts';
import type { Comer } from '../rules/assess.ts';
import { findRoom } from '../rules/change.ts';
import { invited, type Opening, openKey, type ShownKey } from '../rules/keys.ts';
import { hash } from '../secrets.ts';
import type { Way } from '../storage/tables.ts';
import type { Call, Parts } from './context.ts';

type Shown = Input<'call-check'> & { name?: string | undefined };

/**
 * Who comes, by the best way they show. The name is empty when nobody said one.
 *
 * An entry token goes before a key, and so does `authorize`, unless it says no more than that they
 * should knock.
 *
 * @throws MeetingError `entry-token-…`, `access-key-…`; `rate-limited` after too many wrong keys.
 */
export async function toComer(parts: Parts, call: Call, input: Shown): Promise<Comer> {
  const { way, vouch } = await findVouch(parts, call, input.entryToken);
  const { entryToken, key, name = '' } = input;
  const visitor = `visitor_${hash(input.visitor).slice(0, 22)}`;
  const isVouchedFor = entryToken !== undefined || (vouch && vouch.access !== 'knock');
  if (key !== undefined && !isVouchedFor) {
    const shown = { hash: hash(key), visitor };
    return keyComer(shown, await open(parts, call, shown), cleanName(name));
  }
  return {
    person: vouch?.sub ?? visitor,
    visitor,
    name: vouch?.name || cleanName(name),
    way,
    vouched: vouch?.access,
    tokenHash: entryToken !== undefined && vouch?.sub === undefined ? hash(entryToken) : undefined,
    key: undefined,
    invitation: undefined,
  };
}

/** @throws MeetingError `invalid-input` when they have no name that can be read. */
export function named(comer: Comer): Comer {
  if (comer.name) return comer;
  throw new MeetingError('invalid-input', 'A name is needed.', {
    issues: [{ path: 'name', message: 'is missing or has nothing readable in it' }],
  });
}

function keyComer(shown: ShownKey, opening: Opening, typed: string): Comer {
  const invitation = opening.way === 'key' ? opening.invitation : undefined;
  return {
    person: invitation ? invited(invitation.id) : shown.visitor,
    visitor: shown.visitor,
    name: typed || (invitation?.name ?? ''),
    way: opening.way,
    vouched: undefined,
    tokenHash: undefined,
    key: shown,
    invitation: invitation?.id,
  };
}

/** Who tries keys gets no further than a few a minute, right ones included from then on. */
async function open({ ports, wrongKeyRate }: Parts, call: Call, shown: ShownKey): Promise<Opening> {
  refuseFor(wrongKeyRate.check(call.address));
  try {
    const room = await findRoom(ports, call.room);
    return await openKey(ports.storage.db, room, shown, ports.clock.now());
  } catch (error) {
    const isWrong = error instanceof MeetingError && error.code === 'access-key-invalid';
    if (isWrong) refuseFor(wrongKeyRate.take(call.address));
    throw error;
  }
}

function refuseFor(retryAfter: number | undefined): void {
  if (retryAfter === undefined) return;
  throw new MeetingError('rate-limited', 'Too many wrong keys from here.', { retryAfter });
}

async function findVouch(
  { options, ports }: Parts,
  { room, request }: Call,
  entryToken: string | undefined,
): Promise<{ way: Way; vouch: Vouch | undefined }> {
  const { entrySecret, authorize } = options;
  if (entryToken !== undefined) {
    if (entrySecret === undefined) {
      throw new MeetingError('entry-token-invalid', 'This server takes no entry tokens.');
    }
    const vouch = await readEntryToken(entryToken, entrySecret, room, ports.clock);
    return { way: 'entry', vouch };
  }
  const vouched = await authorize?.(request, room);
  if (!vouched) return { way: 'public', vouch: undefined };
  return { way: 'authorize', vouch: checkVouch(v.parse(Vouch, vouched)) };
}
