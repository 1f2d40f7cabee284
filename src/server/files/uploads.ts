import { Server } from '@tus/server';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { isRecordingId } from '../../protocol/names.ts';
import { UPLOADS_PATH } from '../../protocol/paths.ts';
import { changeAs, type Call, type Parts } from '../routes/context.ts';
import { findRoom } from '../rules/change.ts';
import { noRecording } from '../rules/recording-rows.ts';
import { readSession } from '../rules/session.ts';
import { newId } from '../secrets.ts';
import type { Room } from '../storage/tables.ts';
import { guarded } from './guarded.ts';
import { FileKind, RecordingKind, type UploadKind } from './upload-kinds.ts';
import { UploadStore } from './upload-store.ts';

/** A request that wants the lock of an upload waits so long for the one that has it, ms. */
const DRAIN = 250;

/** What tus's hooks have to know of a request. */
interface Incoming {
  readonly call: Call;
  readonly room: Room;
  readonly kind: UploadKind;
  /** What went wrong, in our words. */
  failure?: unknown;
}

/**
 * Takes uploads, by tus 1.0: they are sent in pieces and go on where they broke off, also after this
 * process has died. Whose they are, whether they fit, and what they are is decided here; how the
 * protocol goes, by @tus/server.
 */
export class Uploads {
  readonly #parts: Parts;
  readonly #tus: Server;
  readonly #incoming = new WeakMap<Request, Incoming>();
  readonly #files: UploadKind;
  readonly #recordings: UploadKind;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { bytes, options } = parts;
    this.#files = new FileKind(parts);
    this.#recordings = new RecordingKind(parts);
    const url = options.url.replace(/\/$/, '');
    this.#tus = new Server({
      path: '/uploads',
      datastore: new UploadStore((id) => this.#kind(id).table, bytes),
      maxSize: (_, id) => this.#kind(id ?? '').most,
      lockDrainTimeout: DRAIN,
      namingFunction: (_, metadata) => nameOf(metadata?.['recording']),
      generateUrl: (request, { id }) =>
        `${url}${UPLOADS_PATH.replace('{room}', this.#of(request).call.room)}/${id}`,
      getFileIdFromRequest: (_, id) => id,
      onUploadCreate: async (request, { id, size, metadata = {} }) => {
        const kind = this.#kind(id);
        await changeAs(parts, this.#of(request).call, 'session', (change, stay) => {
          kind.demand(change.room, stay);
          return kind.begin(change, stay, { id, size, metadata });
        });
        return {};
      },
      onUploadFinish: async (request, { id }) => {
        const { call, room } = this.#of(request);
        await this.#kind(id).complete(call, room, id);
        return {};
      },
      onResponseError: (request, error) => {
        // What tus says of a body that we ended hides why we did.
        this.#of(request).failure ??= error;
        return undefined;
      },
    });
  }

  /** @throws MeetingError for everything but a success. */
  async answer(call: Call, id?: string): Promise<Response> {
    const kind = this.#kind(id ?? '');
    const { room, size } = await this.#admit(call, kind, id);
    if (size !== undefined) return answerComplete(call.request, kind, size);
    if (call.request.method === 'DELETE' && id !== undefined) {
      await changeAs(this.#parts, call, 'session', (change, stay) => kind.drop(change, stay, id));
      return new Response(null, { status: 204, headers: { 'tus-resumable': '1.0.0' } });
    }
    const incoming: Incoming = { call, room, kind };
    const request = this.#watched(incoming);
    this.#incoming.set(request, incoming);
    const response = await this.#tus.handleWeb(request);
    if (response.ok) {
      response.headers.set('cache-control', 'no-store');
      return response;
    }
    throw await toError(response, incoming);
  }

  #kind(id: string): UploadKind {
    return id.startsWith('r_') ? this.#recordings : this.#files;
  }

  /** Whoever calls is in the call, and the upload is theirs; its size, when it is complete. */
  async #admit(
    call: Call,
    kind: UploadKind,
    id: string | undefined,
  ): Promise<{ room: Room; size?: number | undefined }> {
    const { storage, clock } = this.#parts.ports;
    const room = await findRoom(this.#parts.ports, call.room);
    if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
    const stay = await readSession(storage.db, room, call.session, 'session', clock.now());
    // Whether they may begin is asked when it is known what it is.
    if (id === undefined) return { room };
    const size = await kind.find(room, stay, id);
    if (call.request.method === 'PATCH') kind.demand(room, stay);
    return { room, size };
  }

  /** The request with a body that ends when who sends it is no longer in. */
  #watched(incoming: Incoming): Request {
    const { call, room, kind } = incoming;
    const { request, session } = call;
    const { method, headers, url, body } = request;
    if (!body || method === 'HEAD') return new Request(url, { method, headers });
    const { storage, clock } = this.#parts.ports;
    const check = async (): Promise<void> => {
      try {
        const now = (await findRoom(this.#parts.ports, room.name)) ?? room;
        kind.demand(now, await readSession(storage.db, now, session, 'session', clock.now()));
      } catch (error) {
        incoming.failure = error;
        throw error;
      }
    };
    // TypeScript's DOM does not know `duplex`, without which a stream can't be sent.
    const init = { method, headers, body: guarded(body, check), duplex: 'half' };
    return new Request(url, init);
  }

  #of(request: Request): Incoming {
    const incoming = this.#incoming.get(request);
    if (incoming) return incoming;
    throw new Error('tus asks of a request that is not here.');
  }
}

/** What an upload is called: a recording as it is, a file anew. @throws MeetingError `recording-not-found`. */
function nameOf(recording: string | null | undefined): string {
  if (recording === undefined) return newId('f');
  if (isRecordingId(recording)) return recording;
  throw noRecording();
}

/** Whoever did not hear that it is complete asks once more, and is told so. */
function answerComplete({ method, headers }: Request, kind: UploadKind, size: number): Response {
  const isLate = method === 'PATCH' && headers.get('upload-offset') === String(size);
  if (method !== 'HEAD' && !isLate) throw kind.notFound();
  return new Response(null, {
    status: method === 'HEAD' ? 200 : 204,
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': String(size),
      'upload-length': String(size),
      'cache-control': 'no-store',
    },
  });
}

/** tus's refusals in our words. */
async function toError(response: Response, { failure, kind }: Incoming): Promise<unknown> {
  if (failure instanceof MeetingError) return failure;
  const said = (await response.text()).trim() || `tus answered ${response.status}`;
  switch (response.status) {
    case 403:
    case 415:
      return new MeetingError('unsupported-media-type', said);
    case 404:
    case 410:
      return kind.notFound();
    case 409:
      return new MeetingError('upload-elsewhere', said);
    case 413:
      return new MeetingError('file-too-large', said);
    case 500:
      return failure ?? new Error(said);
    default:
      return new MeetingError('upload-refused', said);
  }
}
