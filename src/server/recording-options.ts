import * as v from 'valibot';
import { RecordingConsent, type RecordingLimits } from '../protocol/recording.ts';

/** How calls are recorded, and how much of it a room may keep. */
export interface RecordingOptions {
  /** In bytes: one recording, and all of a room. Default 10 GB and 50 GB. */
  limits?: Partial<RecordingLimits> | undefined;
  /** Whether who is recorded is told (the default), or asked first. */
  consent?: RecordingConsent | undefined;
  /** With it, LiveKit's Egress is the second recorder beside the host's browser. */
  egress?: EgressOptions | undefined;
}

/** Workers of LiveKit's Egress, which write where files lie: into the same bucket, or folder. */
export interface EgressOptions {
  /** Where the workers have the folder that files lie in. Needed with a folder, and only then. */
  folder?: string | undefined;
  /** Of LiveKit's template: `grid`, `speaker` (default), `single-speaker`, each also with `-light`. */
  layout?: string | undefined;
  /** The base URL of a template of your own. */
  templateUrl?: string | undefined;
}

const amount = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
const text = v.optional(v.pipe(v.string(), v.minLength(1)));

export const RecordingOptionsSchema = v.optional(
  v.strictObject({
    limits: v.optional(v.strictObject({ fileBytes: amount, roomBytes: amount })),
    consent: v.optional(RecordingConsent),
    egress: v.optional(
      v.strictObject({
        folder: text,
        layout: text,
        templateUrl: v.optional(v.pipe(v.string(), v.url())),
      }),
    ),
  }),
);
