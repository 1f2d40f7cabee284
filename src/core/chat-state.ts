import type { ReadonlySignal } from '@preact/signals-core';
import type { MeetingError } from '../protocol/meeting-error.ts';
import type { ChatMark, Message } from '../protocol/message.ts';
import type { Participant } from '../protocol/participant.ts';

/** A message as this page has it: told by the server, or written here and still on its way there. */
export interface ChatMessage extends Message {
  /** `failed`: the server won't have it; `error` says why. */
  readonly state: 'sent' | 'sending' | 'failed';
  readonly error?: MeetingError;
}

/** The chat, as far as it was loaded. It follows the log from the first `watchChat` on. */
export interface ChatState {
  /** `failed`: the newest could not be loaded; it is tried again unless `error` is final. */
  readonly phase: 'unknown' | 'loading' | 'known' | 'failed';
  readonly error?: MeetingError;
  /** The oldest first; what is not sent yet comes last, with `seq` 0. */
  readonly messages: readonly ChatMessage[];
  /** Whether the server has older ones. */
  readonly more: boolean;
}

/** Somebody who writes a message now. */
export interface Typist {
  readonly identity: string;
  /** To this page's person alone. */
  readonly private: boolean;
}

/** What a message may have beside its text. */
export interface SendOptions {
  readonly to?: string;
  readonly replyTo?: string;
  readonly file?: string;
}

/** What somebody writes and has not sent. */
export interface Draft {
  readonly text: string;
  /** For whom alone. */
  readonly to?: Participant;
}

/** What a store has of the chat. */
export interface Chats {
  /** What people write; `watchChat` has it loaded. */
  readonly chat: ReadonlySignal<ChatState>;
  /** How much of it is unread; known without loading it. */
  readonly chatMark: ReadonlySignal<ChatMark>;
  /** Who writes now, while the chat is watched. */
  readonly typing: ReadonlySignal<readonly Typist[]>;

  /** Has `chat` loaded, and kept right until the stay is over. */
  watchChat(signal: AbortSignal): void;
  /** Has the messages before the oldest that is loaded, if there are any. */
  olderMessages(): Promise<void>;
  /**
   * Writes to everybody, or with `to` to one person. In `chat` at once as `sending`; resolves when
   * the server has it, however long the network is away, and it is never there twice.
   * @param options `to`: an identity; `replyTo`: the id of a message; `file`: of one of the room, never
   * together with `to`, and then the text may be empty.
   */
  sendMessage(text: string, options?: SendOptions): Promise<Message>;
  /** Tries a failed one again. Resolves and rejects as `sendMessage`. */
  resendMessage(id: string): Promise<void>;
  /** Takes a failed one away. */
  discardMessage(id: string): Promise<void>;
  /** Changes an own message. */
  editMessage(id: string, text: string): Promise<void>;
  /** Deletes an own message; hosts, any that is not private. */
  deleteMessage(id: string): Promise<void>;
  /** What was being written when this tab was reloaded. */
  draft(): Promise<Draft | undefined>;
  /** Has a reload give back what is being written; undefined when it is nothing any more. */
  keepDraft(draft: Draft | undefined): Promise<void>;
  /** All that is there now was seen. */
  readMessages(): Promise<void>;
  /** Tells the others, or with `to` the one, that one writes, or no longer. Call it on every key. */
  setTyping(on: boolean, options?: { to?: string }): Promise<void>;
}

/** The methods of a store that are acts of the chat. */
export type ChatActName =
  | 'sendMessage'
  | 'resendMessage'
  | 'discardMessage'
  | 'editMessage'
  | 'deleteMessage'
  | 'olderMessages'
  | 'draft'
  | 'keepDraft'
  | 'readMessages'
  | 'setTyping';
