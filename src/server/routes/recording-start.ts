import { MeetingError } from '../../protocol/meeting-error.ts';
import type { Recording } from '../../protocol/recording.ts';
import { leavePlace, type Place, placeEgress, tellEgress } from '../rules/egress.ts';
import { startRecording } from '../rules/recordings.ts';
import { type BackendHandler, type Caller, changeAsHost, type Parts } from './context.ts';

type Started = { seq: number; recording: Recording };

export const recordingStart: BackendHandler<'recording-start'> = async (parts, call, input) => {
  if (input.recorder === 'egress') return startEgress(parts, call, input);
  const { result } = await changeAsHost(parts, call, (change, acting) =>
    startRecording(change, acting, input),
  );
  return result;
};

/** LiveKit is asked outside of any transaction, and nobody is told before it says yes. */
async function startEgress(parts: Parts, call: Caller, input: { id: string }): Promise<Started> {
  const { result: place } = await changeAsHost(parts, call, (change, acting) =>
    placeEgress(change, acting, input),
  );
  if ('recording' in place) return place;
  try {
    const egressId = await ask(parts, place);
    const { id, key } = place;
    const { result } = await changeAsHost(parts, call, (change, acting) =>
      tellEgress(change, acting, { id, key, egressId }),
    );
    return result;
  } catch (error) {
    await parts.commits.change({ id: place.roomId }, (change) => leavePlace(change, place));
    throw error;
  }
}

/** @throws MeetingError `recorder-unavailable` when no worker answers soon. */
async function ask({ egresses, logger }: Parts, { sfuRoom, key }: Place): Promise<string> {
  try {
    if (!egresses) throw new Error('There is no Egress.');
    return await egresses.start(sfuRoom, key);
  } catch (cause) {
    logger.warn('LiveKit’s Egress did not begin to record.', { error: cause });
    throw new MeetingError('recorder-unavailable', 'No recorder of LiveKit’s answered.', {
      cause,
      retryAfter: 5,
    });
  }
}
