import * as v from 'valibot';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanName } from '../../protocol/names.ts';
import type { Input } from '../../protocol/routes.ts';
import { checkVouch, readEntryToken, Vouch } from '../entry-token.ts';
import type { Comer } from '../rules/assess.ts';
import { hash } from '../secrets.ts';
import type { Way } from '../storage/tables.ts';
import type { Call, Parts } from './context.ts';

/** Who comes, by the best way they show. The name is empty when nobody said one. */
export async function toComer(
  parts: Parts,
  call: Call,
  input: Input<'call-check'> & { name?: string | undefined },
): Promise<Comer> {
  if (input.key !== undefined) {
    throw new MeetingError('access-key-invalid', 'There is no such key.');
  }
  const { way, vouch } = await findVouch(parts, call, input.entryToken);
  const { entryToken, visitor, name = '' } = input;
  return {
    person: vouch?.sub ?? `visitor_${hash(visitor).slice(0, 22)}`,
    name: vouch?.name || cleanName(name),
    way,
    vouched: vouch?.access,
    tokenHash: entryToken !== undefined && vouch?.sub === undefined ? hash(entryToken) : undefined,
  };
}

/** @throws MeetingError `invalid-input` when they have no name that can be read. */
export function named(comer: Comer): Comer {
  if (comer.name) return comer;
  throw new MeetingError('invalid-input', 'A name is needed.', {
    issues: [{ path: 'name', message: 'is missing or has nothing readable in it' }],
  });
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
