import type { Actor, Participant } from '../../protocol/participant.ts';

/** The chat of a room. What was deleted has no text any more. */
export interface MessagesTable {
  room_id: string;
  /** Made by the page that sent it. */
  id: string;
  /** Of its event in the log. */
  seq: number;
  /** From 1 in each room, without gaps. */
  number: number;
  at: number;
  /** As they were called then. */
  author: Participant;
  author_person: string;
  /** Of a private one. */
  recipient: Participant | null;
  recipient_person: string | null;
  text: string;
  reply_to: string | null;
  /** Also of a file that is gone by now. */
  file_id: string | null;
  edited_at: number | null;
  deleted_at: number | null;
  deleted_by: Actor | null;
}

/** How far somebody has read a room's chat. */
export interface ChatMarksTable {
  room_id: string;
  person: string;
  /** A position in the log. */
  read: number;
}

/** What a host wrote for themselves. */
export interface NotesTable {
  room_id: string;
  person: string;
  text: string;
  version: number;
  at: number;
}
