import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { LogFields, Logger } from '../../../src/server/logger.ts';

/** Keeps all that is logged, and knows what must never be among it. */
export class CapturedLog implements Logger {
  readonly lines: string[] = [];
  readonly #secrets = new Set<string>();

  info = (message: string, fields?: LogFields): void => this.#keep('info', message, fields);
  warn = (message: string, fields?: LogFields): void => this.#keep('warn', message, fields);
  error = (message: string, fields?: LogFields): void => this.#keep('error', message, fields);

  /** Lines of a level. */
  of(level: 'info' | 'warn' | 'error'): string[] {
    return this.lines.filter((line) => line.startsWith(`${level} `));
  }

  /** From now on `secret` counts as something that no line may hold. */
  forbid(secret: string): void {
    this.#secrets.add(secret);
  }

  /** As `forbid`, for what somebody writes; a word or two may be in any line. */
  forbidText(text: unknown): void {
    if (typeof text === 'string' && text.length >= 12) this.forbid(text);
  }

  /** As `forbid`, for the sessions and keys that an answer tells. */
  forbidSecrets(answer: object): void {
    for (const [name, value] of Object.entries(answer)) {
      if ((name === 'session' || name === 'key') && typeof value === 'string') this.forbid(value);
    }
  }

  /** Fails when a line holds a JWT, a session, or whatever else was forbidden. */
  expectNoSecrets(): void {
    const all = this.lines.join('\n');
    // A JWT; an id of random letters may well begin like one.
    expect(all).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}\./);
    expect(all).not.toMatch(/access_token|join_request=|Bearer [\w-]/);
    for (const secret of this.#secrets) {
      expect(all.includes(secret), `a log line holds ${secret.slice(0, 6)}…`).toBe(false);
    }
  }

  /** As much of an error as any logger could print: its properties and causes, too. */
  #keep(level: string, message: string, fields: LogFields = {}): void {
    this.lines.push(`${level} ${message} ${inspect(fields, { depth: 12, maxStringLength: null })}`);
  }
}
