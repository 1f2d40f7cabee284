import type { AccessList } from '../protocol/invitation.ts';
import type { MeetingError } from '../protocol/meeting-error.ts';
import type { AccessLevel } from '../protocol/participant.ts';
import type { RecordingConsent } from '../protocol/recording.ts';

/** How far this page's visitor may go, as the server says before they do. */
export type AccessState =
  /** Nobody has asked yet. */
  | { readonly phase: 'unknown' }
  | { readonly phase: 'checking' }
  | {
      readonly phase: 'known';
      readonly access: AccessLevel;
      /** What the entry token calls them; then there is nothing to type. */
      readonly name?: string;
      /** This person is in the call already, in another window or browser. */
      readonly here: boolean;
      /**
       * Why the key that one came with opens nothing any more: `access` is as it is without, and
       * `join()` and `knock()` go without, too.
       */
      readonly key?: MeetingError;
      /** What goes on in the room is recorded, since `at`; with `ask`, one is asked before one is in it. */
      readonly recording?: { readonly at: number; readonly consent: RecordingConsent } | undefined;
    }
  | { readonly phase: 'failed'; readonly error: MeetingError };

/** Who may come in, and who may not, as hosts are told while somebody watches it. */
export type AccessListState =
  /** Nobody watches, or one is no host. */
  | { readonly phase: 'unknown' }
  | { readonly phase: 'loading' }
  | { readonly phase: 'known'; readonly list: AccessList }
  /** With the last known list, when there was one. */
  | { readonly phase: 'failed'; readonly error: MeetingError; readonly list?: AccessList };
