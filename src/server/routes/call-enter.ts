import * as v from 'valibot';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { cleanName } from '../../protocol/names.ts';
import type { Input } from '../../protocol/routes.ts';
import { checkVouch, readEntryToken, Vouch } from '../entry-token.ts';
import { type Comer, enterCall } from '../rules/enter.ts';
import { hash } from '../secrets.ts';
import type { Way } from '../storage/tables.ts';
import { answerSnapshot, type Call, type Handler, type Parts } from './context.ts';

export const callEnter: Handler<'call-enter'> = async (parts, call, input) => {
  const { session, ...standing } = await enterCall(
    parts.ports,
    call.room,
    await toComer(parts, call, input),
  );
  return { ...(await answerSnapshot(parts, standing)), session };
};

/** Who comes, by the best way they show. */
async function toComer(parts: Parts, call: Call, input: Input<'call-enter'>): Promise<Comer> {
  if (input.key !== undefined) {
    throw new MeetingError('access-key-invalid', 'There is no such key.');
  }
  const { way, vouch } = await findVouch(parts, call, input);
  const name = vouch?.name || cleanName(input.name ?? '');
  if (!name) {
    throw new MeetingError('invalid-input', 'A name is needed.', {
      issues: [{ path: 'name', message: 'is missing or has nothing readable in it' }],
    });
  }
  const { entryToken, visitor } = input;
  return {
    person: vouch?.sub ?? `visitor_${hash(visitor).slice(0, 22)}`,
    name,
    way,
    vouched: vouch?.access,
    tokenHash: entryToken !== undefined && vouch?.sub === undefined ? hash(entryToken) : undefined,
  };
}

async function findVouch(
  { options, ports }: Parts,
  { room, request }: Call,
  { entryToken }: Input<'call-enter'>,
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
