import { gunzipSync } from 'node:zlib';
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { MAX_JOIN_REQUEST_BYTES } from '../../protocol/limits.ts';

/** Longer than any honest one: 64 kB that did not compress, in base64. */
const MAX_PARAMETER_LENGTH = 90_000;

/**
 * Checks LiveKit's `join_request` parameter: a protobuf in base64, perhaps gzipped inside.
 *
 * @throws MeetingError `invalid-input` when it is not one, or inflates to more than 64 kB.
 */
export function checkJoinRequest(parameter: string): void {
  if (parameter.length > MAX_PARAMETER_LENGTH) throw refuse('is too long');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(parameter)) throw refuse('is not base64');
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(parameter, 'base64'));
    const isGzip = wrapped.compression === WrappedJoinRequest_Compression.GZIP;
    JoinRequest.fromBinary(isGzip ? inflate(wrapped.joinRequest) : wrapped.joinRequest);
  } catch (cause) {
    throw refuse('can not be read', cause);
  }
}

const inflate = (bytes: Uint8Array): Uint8Array =>
  gunzipSync(bytes, { maxOutputLength: MAX_JOIN_REQUEST_BYTES });

function refuse(what: string, cause?: unknown): MeetingError {
  const issues = [{ path: 'join_request', message: what }];
  return new MeetingError('invalid-input', `The join request ${what}.`, { issues, cause });
}
