import * as v from 'valibot';
import { Actor } from './participant.ts';

/** One file of a room. Its bytes are had by `file-open`. */
export const RoomFile = v.object({
  /** `f_` and random; names the file, and opens nothing. */
  id: v.string(),
  /** For people to read; never part of a path. */
  name: v.string(),
  /** In bytes. */
  size: v.number(),
  /** As the bytes say, whatever the name says: `application/octet-stream` where they say nothing. */
  type: v.string(),
  /** Of a picture whose kind browsers show, in pixels: decode it only when this is not too much. */
  image: v.optional(v.object({ width: v.number(), height: v.number() })),
  /** Whether `file-preview` has a small picture of it. */
  preview: v.boolean(),
  /** When it was complete, ms since the epoch, the server's clock. */
  at: v.number(),
  /** Who uploaded it, as they were called then. */
  by: Actor,
});
export type RoomFile = v.InferOutput<typeof RoomFile>;

/** What a room may keep, and one file of it. Sizes in bytes. */
export const FileLimits = v.object({
  fileBytes: v.number(),
  roomBytes: v.number(),
  roomFiles: v.number(),
});
export type FileLimits = v.InferOutput<typeof FileLimits>;

/** How much of it is taken, uploads that are on their way included. */
export const FileUsage = v.object({ bytes: v.number(), files: v.number() });
export type FileUsage = v.InferOutput<typeof FileUsage>;
