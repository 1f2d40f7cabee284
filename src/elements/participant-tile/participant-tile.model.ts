import type { RoomContext } from '../../controllers/room-context.ts';
import type { ErrorCode } from '../../protocol/meeting-error.ts';
import { requestKey, type MediaState, type ParticipantState } from '../../core/state.ts';

/** What a tile shows of one participant. */
export interface TileView {
  readonly participant: ParticipantState | undefined;
  readonly media: MediaState | undefined;
  /** The person who looks is a host, and this is somebody else whom hosts may put out. */
  readonly removable: boolean;
  /** Why the person who looks may not put them out all the same. */
  readonly whyNot: ErrorCode | undefined;
  readonly removing: boolean;
}

/** The view of `identity`. Reads nothing that changes with other participants. */
export function tileView({ store }: RoomContext, identity: string): TileView {
  const participant = store.participant(identity).value;
  const host = store.me.value?.role === 'host';
  const allowed = store.explain('participant-remove', identity);
  return {
    participant,
    media: participant && store.media(identity).value,
    removable:
      host && participant !== undefined && !participant.self && participant.kind === 'person',
    whyNot: allowed.allowed ? undefined : allowed.why,
    removing:
      host &&
      store.requests.value.get(requestKey('participant-remove', identity))?.phase === 'pending',
  };
}
