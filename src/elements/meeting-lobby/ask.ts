import type { AccessState, DevicesState } from '../../core/state.ts';
import { CallEnterRequestEvent } from '../../events/call-enter-request.ts';
import { KnockRequestEvent } from '../../events/knock-request.ts';
import { type Refusal, refusalOf } from '../shared/refusal.ts';

/** Who asks: the join screen's way to its room. */
export interface Asker {
  request<E extends CallEnterRequestEvent | KnockRequestEvent>(event: E): E;
}

/** What the join screen holds when it is sent off. */
export interface JoinForm {
  /** Empty when somebody else says who this is. */
  readonly name: string;
  readonly form: FormData;
  readonly known: (AccessState & { phase: 'known' }) | undefined;
  readonly devices: DevicesState;
}

/**
 * Asks to go in, or where one must knock, to be let in.
 * @returns why it was not done, where `connection` does not say so.
 */
export async function askToComeIn(
  asker: Asker,
  { name, form, known, devices }: JoinForm,
): Promise<Refusal | undefined> {
  const text = (key: string): string => String(form.get(key) ?? '').trim();
  const again = text('again');
  const message = text('message');
  const how = again === 'take-over' || again === 'beside' ? again : undefined;
  const event =
    known?.access === 'knock'
      ? new KnockRequestEvent({
          ...(name && { name }),
          ...(message && { message }),
          camera: form.has('camera') && devices.camera.phase !== 'blocked',
        })
      : new CallEnterRequestEvent(name || undefined, how);
  const refusal = await refusalOf(asker.request(event));
  return refusal?.kind === 'failed' ? undefined : refusal;
}
