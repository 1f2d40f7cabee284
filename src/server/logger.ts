/** pino-shaped, message first. Fields never hold tokens, keys, sessions or what people wrote. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogFields {
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

/** JSON lines on stderr, from `level` up. */
export function stderrLogger(level: 'info' | 'warn' | 'error' = 'warn'): Logger {
  const order = ['info', 'warn', 'error'] as const;
  const write =
    (own: (typeof order)[number]) =>
    (message: string, { error, ...fields }: LogFields = {}) => {
      if (order.indexOf(own) < order.indexOf(level)) return;
      const line = { at: new Date().toISOString(), level: own, message, ...fields };
      process.stderr.write(`${JSON.stringify({ ...line, ...describe(error) })}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function describe(error: unknown): object {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: String(error) };
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) };
  return { error: error.message, stack: error.stack, ...cause };
}
