import { MeetingError } from '../protocol/meeting-error.ts';

/** What uploads say beside. */
const TUS_REQUESTS = [
  'tus-resumable',
  'upload-defer-length',
  'upload-length',
  'upload-metadata',
  'upload-offset',
];
const TUS_ANSWERS = [
  'location',
  'tus-resumable',
  'upload-defer-length',
  'upload-length',
  'upload-offset',
];

/** Which pages may call, and what a browser must be told so that they can. */
export class Origins {
  readonly #listed: ReadonlySet<string>;
  readonly #isOpen: boolean;

  constructor(url: string, origins: readonly string[] = []) {
    this.#listed = new Set([new URL(url).origin, ...origins]);
    this.#isOpen = origins.includes('*');
  }

  /** @throws MeetingError `origin-not-allowed` for a present origin that is not listed. */
  check(origin: string | null | undefined): void {
    if (origin === null || origin === undefined || this.#allows(origin)) return;
    throw new MeetingError('origin-not-allowed', 'Pages of this origin may not call this server.');
  }

  /** CORS headers of an answer to `origin`. Only listed origins may send cookies. */
  headers(origin: string | null | undefined): Record<string, string> {
    if (!origin || !this.#allows(origin)) return { vary: 'origin' };
    return {
      vary: 'origin',
      'access-control-allow-origin': origin,
      'access-control-expose-headers': ['retry-after', ...TUS_ANSWERS].join(', '),
      ...(this.#listed.has(origin) && { 'access-control-allow-credentials': 'true' }),
    };
  }

  /** What the browser may send, for its preflight. */
  preflight(origin: string | null | undefined): Record<string, string> {
    return {
      ...this.headers(origin),
      'access-control-allow-methods': 'GET, POST, HEAD, PATCH, DELETE',
      'access-control-allow-headers': ['authorization', 'content-type', ...TUS_REQUESTS].join(', '),
      'access-control-max-age': '600',
    };
  }

  #allows(origin: string): boolean {
    return this.#listed.has(origin) || (this.#isOpen && origin !== 'null');
  }
}
