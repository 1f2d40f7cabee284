import { MeetingError } from '../../protocol/meeting-error.ts';
import type { MakeLink } from './port.ts';

/**
 * Fetches the engine, in a chunk of its own. A failed try is not remembered: the next loads anew.
 * @throws MeetingError `engine-unavailable`
 */
export async function loadLink(): Promise<MakeLink> {
  try {
    const { LiveKitLink } = await import('./link.ts');
    return (hear) => new LiveKitLink(hear);
  } catch (cause) {
    throw new MeetingError('engine-unavailable', 'The media engine did not load.', { cause });
  }
}
