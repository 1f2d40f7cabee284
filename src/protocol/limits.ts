/** Bounds that both halves keep to. Sizes in bytes, times in ms, lengths in characters unless said. */

/** A request body that is JSON. */
export const MAX_JSON_BYTES = 64_000;
/** One frame from a client on the feed. */
export const MAX_FEED_FRAME_BYTES = 64_000;
/** One frame from a client at the door: a session description of a full room is far over 64 kB. */
export const MAX_SIGNAL_BYTES = 512_000;
/** LiveKit's join request at the door, inflated. */
export const MAX_JOIN_REQUEST_BYTES = 64_000;
/** What a person may be called, in graphemes, after cleaning. */
export const MAX_NAME_GRAPHEMES = 60;
/** A host's note to somebody. */
export const MAX_NOTE_LENGTH = 500;
/** What a host writes for themselves about a room. */
export const MAX_OWN_NOTE_LENGTH = 10_000;
/** An entry token: our claims are short, so a long one is not ours. */
export const MAX_TOKEN_LENGTH = 4_000;

/** How long a LiveKit token is good for at the door. */
export const LIVEKIT_TOKEN_TTL = 60_000;
/** After leaving, a person comes back this long without knocking. */
export const PASS_TTL = 2 * 60_000;
/** A knock that nobody answers ends after this. */
export const KNOCK_TTL = 10 * 60_000;
/** A guest whose page is closed this long no longer waits. */
export const KNOCK_AWAY_AFTER = 20_000;
/** After a host declined, the person knocks again no sooner than this. */
export const KNOCK_AGAIN_AFTER = 60_000;
/** A guest's line to the hosts. */
export const MAX_KNOCK_MESSAGE_LENGTH = 300;
/** Who waits at one room at a time: more than any host can look through. */
export const MAX_KNOCKS = 100;

/** What a file is called, in characters, after cleaning. */
export const MAX_FILE_NAME_LENGTH = 200;
/** A file's small picture, as JPEG: its bytes, and its longer side in pixels. */
export const MAX_PREVIEW_BYTES = 40_000;
export const MAX_PREVIEW_SIDE = 512;
/** Pictures of more pixels are not decoded to be shown: a small file may claim billions. */
export const MAX_IMAGE_PIXELS = 50_000_000;
/** A link to a file's bytes opens them for so long; who asks is looked at again each time. */
export const FILE_LINK_TTL = 60_000;
/** An upload that gets no bytes for this long is given up. */
export const UPLOAD_TTL = 60 * 60_000;
/** The same of a recording, which one looks at for longer. */
export const RECORDING_LINK_TTL = 15 * 60_000;
/** What came of a recording is kept as it is when no more of it came for this long. */
export const RECORDING_UPLOAD_TTL = 6 * 60 * 60_000;
/** Recordings that a room knows of; older ones that were never uploaded are forgotten. */
export const MAX_RECORDINGS = 1_000;
/** Whose browser records and is not in the call for this long records no more. */
export const RECORDER_LOST_AFTER = 30_000;
/** Uploads that one person has on their way in a room. */
export const MAX_UPLOADS = 20;
/** One message of the chat, as UTF-8. */
export const MAX_MESSAGE_BYTES = 4_096;
/** What one person writes: so many at once, and again one by one over the time in ms. */
export const MESSAGE_RATE = { burst: 10, per: 2_000 };
/** The same for all of a room together, on one instance. */
export const ROOM_MESSAGE_RATE = { burst: 100, per: 2_000 };
/** What a room's chat keeps; then a host has to clear it. */
export const MAX_MESSAGES = 50_000;
/** Unread messages are counted no further. */
export const MAX_UNREAD = 100;
/** Somebody who types says so again no sooner than this, and types no more when they don't. */
export const TYPING_INTERVAL = 3_000;
export const TYPING_TTL = 6_000;

/** What a whiteboard is called, in characters, after cleaning. */
export const MAX_WHITEBOARD_NAME_LENGTH = 60;
/** One update of a whiteboard, in base64: a page of small print as a picture that can be read. */
export const MAX_BOARD_UPDATE_BYTES = 640_000;
/** With more updates than this, a whiteboard's older ones are merged. */
export const BOARD_UPDATES_KEPT = 500;
/** An update in base64 that is no longer than this is told by the feed itself. */
export const MAX_TOLD_UPDATE_BYTES = 48_000;
/** One page of what is on a whiteboard, in base64. */
export const BOARD_PAGE_BYTES = 1_000_000;
/** What one person draws: so many updates at once, and again one by one over the time in ms. */
export const BOARD_RATE = { burst: 60, per: 4_000 };
/** The same in pieces of 16 kB. */
export const BOARD_BYTE_RATE = { burst: 200, per: 20_000 };
export const BOARD_PIECE_BYTES = 16_000;
/** Whiteboards that one person makes or renames: each is told to everybody, and to webhooks. */
export const BOARD_MAKING_RATE = { burst: 10, per: 60_000 };
/** Coordinates of a stroke in progress. */
export const MAX_HINT_NUMBERS = 100;
/** Whiteboards that one page has open at a time. */
export const MAX_WATCHED_BOARDS = 10;

/** How many stays one person has in a room at a time: this window, and one beside it. */
export const MAX_STAYS = 2;
/** Invitations of one room that are not revoked. */
export const MAX_INVITATIONS = 1_000;

/** After a host undid a removal, the person comes straight in for this long. */
export const RESTORE_TTL = 10 * 60_000;
/** A dropped person is still admitted for this long. */
export const DROP_AFTER = 10 * 60_000;

/** The feed's first message must be there by then. */
export const FEED_HELLO_TIMEOUT = 5_000;
/** The server says on a quiet feed where the log stands. */
export const FEED_HEAD_INTERVAL = 15_000;
/** A client that heard nothing for this long connects anew. */
export const FEED_SILENCE_TIMEOUT = 40_000;
