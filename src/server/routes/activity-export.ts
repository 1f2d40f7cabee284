import type { RoomEvent } from '../../protocol/events.ts';
import { CSV_HEADER, toCsvLine } from '../activity-csv.ts';
import { walkActivity } from '../rules/activity.ts';
import type { Room } from '../storage/tables.ts';
import { type BackendHandler, type Parts, readAsHost } from './context.ts';

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
} as const;

export const activityExport: BackendHandler<'activity-export'> = async (
  parts,
  call,
  { format },
) => {
  const room = await readAsHost(parts, call);
  const pages = room ? walkActivity(parts.ports.storage.db, room) : noPages();
  const texts = format === 'csv' ? toCsv(pages) : toJson(pages);
  const name = room?.name ?? call.room.toLowerCase();
  return new Response(streamOf(texts, parts, room), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}-activity.${format}"`,
      'cache-control': 'no-store',
    },
  });
};

async function* noPages(): AsyncGenerator<RoomEvent[]> {
  // A room that nobody was ever let into has no log.
}

async function* toCsv(pages: AsyncIterable<RoomEvent[]>): AsyncGenerator<string> {
  yield CSV_HEADER;
  for await (const events of pages) yield events.map(toCsvLine).join('');
}

async function* toJson(pages: AsyncIterable<RoomEvent[]>): AsyncGenerator<string> {
  let before = '[';
  for await (const events of pages) {
    yield before + events.map((event) => JSON.stringify(event)).join(',\n');
    before = ',\n';
  }
  yield before === '[' ? '[]' : ']';
}

/** Reads on as fast as the client takes it. What fails in between breaks the download off. */
function streamOf(
  texts: AsyncGenerator<string>,
  { logger }: Parts,
  room: Room | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        logger.error('An export broke off.', { error, room: room?.id });
        controller.error(error);
      }
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
