#!/usr/bin/env node
import { createServer } from 'node:http';
import { parseEnvironment, USAGE } from './environment.ts';
import { stderrLogger } from './logger.ts';
import { createMeetingServer } from './meeting-server.ts';

/** Who takes longer to say what they want is not waited for, ms; JSON bodies have 10 s of their own. */
const HEADERS_TIMEOUT = 15_000;
/** A piece of an upload over a slow line may take as long as this, ms. */
const REQUEST_TIMEOUT = 300_000;
/** Proxies keep a line for a minute: theirs has to end first, or what they send on it is lost. In ms. */
const KEEP_ALIVE_TIMEOUT = 75_000;

async function serve(): Promise<void> {
  const { port, host, options } = parseEnvironment(process.env);
  const logger = stderrLogger('info');
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
  });
  const meeting = await createMeetingServer({ ...options, logger });
  meeting.attach(server);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  });
  logger.info('Serving meeting rooms.', { url: options.url, port, host });
  const stop = (): void => {
    server.close();
    meeting.close().then(
      () => {
        server.closeAllConnections();
        process.exit(0);
      },
      (error: unknown) => {
        logger.error('Closing failed.', { error });
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (process.argv[2] === 'serve') {
  serve().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
} else {
  process.stderr.write(USAGE);
  process.exit(process.argv.includes('--help') ? 0 : 2);
}
