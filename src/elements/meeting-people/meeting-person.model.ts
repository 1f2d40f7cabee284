import type { RoomContext } from '../../controllers/room-context.ts';
import { requestKey, type MediaState, type ParticipantState } from '../../core/state.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';

/** What a row shows of one participant. */
export interface PersonView {
  readonly participant: ParticipantState | undefined;
  readonly microphone: MediaState['microphone'] | undefined;
  /** Whether the person who looks is a host, who may do something here. */
  readonly offered: boolean;
  readonly pending: 'role' | 'removal' | undefined;
  /** Why the role can't be changed to the other one; undefined where it can. */
  readonly whyNotRole: ErrorCode | undefined;
  readonly whyNotRemove: ErrorCode | undefined;
}

/** The view of `identity`. Of other participants it reads only how many hosts there are. */
export function personView({ store }: RoomContext, identity: string): PersonView {
  const participant = store.participant(identity).value;
  const role = participant?.role === 'host' ? 'guest' : 'host';
  const toRole = store.explain('role-set', identity, { role });
  const toRemove = store.explain('participant-remove', identity);
  const isPending = (stem: 'role-set' | 'participant-remove'): boolean =>
    store.requests.value.get(requestKey(stem, identity))?.phase === 'pending';
  return {
    participant,
    microphone: participant && store.media(identity).value.microphone,
    offered: store.me.value?.role === 'host' && participant?.kind === 'person',
    pending: isPending('participant-remove')
      ? 'removal'
      : isPending('role-set')
        ? 'role'
        : undefined,
    whyNotRole: toRole.allowed ? undefined : toRole.why,
    whyNotRemove: toRemove.allowed ? undefined : toRemove.why,
  };
}
