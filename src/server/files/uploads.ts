import { Server } from '@tus/server';
import { MeetingError } from '../../protocol/meeting-error.ts';
import { IMAGE_HEAD_BYTES } from '../../protocol/image-size.ts';
import { UPLOADS_PATH } from '../../protocol/paths.ts';
import { changeAs, type Call, type Parts } from '../routes/context.ts';
import { findRoom } from '../rules/change.ts';
import {
  addUpload,
  completeUpload,
  deleteFile,
  findFile,
  notFound,
  type StoredFile,
} from '../rules/files.ts';
import { demand } from '../rules/demand.ts';
import type { Seated } from '../rules/people.ts';
import { readSession } from '../rules/session.ts';
import { newId } from '../secrets.ts';
import type { Room } from '../storage/tables.ts';
import { guarded } from './guarded.ts';
import { typeOf } from './type-of.ts';
import { reach, UploadStore } from './upload-store.ts';

/** A request that wants the lock of an upload waits so long for the one that has it, ms. */
const DRAIN = 250;

/** What tus's hooks have to know of a request. */
interface Incoming {
  readonly call: Call;
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

  constructor(parts: Parts) {
    this.#parts = parts;
    const { ports, bytes, options } = parts;
    const url = options.url.replace(/\/$/, '');
    this.#tus = new Server({
      path: '/uploads',
      datastore: new UploadStore(ports, bytes),
      maxSize: ports.policy.files.fileBytes,
      lockDrainTimeout: DRAIN,
      namingFunction: () => newId('f'),
      generateUrl: (request, { id }) =>
        `${url}${UPLOADS_PATH.replace('{room}', this.#of(request).call.room)}/${id}`,
      getFileIdFromRequest: (_, id) => id,
      onUploadCreate: async (request, { id, size = 0, metadata }) => {
        const { call } = this.#of(request);
        const name = metadata?.['filename'] ?? '';
        await changeAs(parts, call, 'session', (change, stay) =>
          addUpload(change, stay, { id, name, size }),
        );
        return {};
      },
      onUploadFinish: async (request, { id }) => {
        await this.#complete(this.#of(request).call, id);
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
    const { room, file } = await this.#admit(call, id);
    if (file && file.ready_at !== null) return answerComplete(call.request, file);
    if (call.request.method === 'DELETE' && id !== undefined) {
      await changeAs(this.#parts, call, 'session', (change, stay) =>
        deleteFile(change, { stay }, { id }),
      );
      return new Response(null, { status: 204, headers: { 'tus-resumable': '1.0.0' } });
    }
    const incoming: Incoming = { call };
    const request = this.#watched(room, incoming);
    this.#incoming.set(request, incoming);
    const response = await this.#tus.handleWeb(request);
    if (response.ok) {
      response.headers.set('cache-control', 'no-store');
      return response;
    }
    throw await toError(response, incoming.failure);
  }

  /** Whoever calls is in the call, and the upload is theirs. */
  async #admit(call: Call, id: string | undefined): Promise<{ room: Room; file?: StoredFile }> {
    const { storage, clock } = this.#parts.ports;
    const room = await findRoom(this.#parts.ports, call.room);
    if (!room) throw new MeetingError('session-invalid', 'There is no such session in this room.');
    const stay = await readSession(storage.db, room, call.session, 'session', clock.now());
    if (id === undefined) {
      demandUpload(room, stay);
      return { room };
    }
    const file = await findFile(storage.db, room.id, id);
    if (file?.person !== stay.person) throw notFound();
    if (call.request.method === 'PATCH') demandUpload(room, stay);
    return { room, file };
  }

  /** The request with a body that ends when who sends it is no longer in. */
  #watched(room: Room, incoming: Incoming): Request {
    const { request, session } = incoming.call;
    const { method, headers, url, body } = request;
    if (!body || method === 'HEAD') return new Request(url, { method, headers });
    const { storage, clock } = this.#parts.ports;
    const check = async (): Promise<void> => {
      try {
        const now = (await findRoom(this.#parts.ports, room.name)) ?? room;
        demandUpload(now, await readSession(storage.db, now, session, 'session', clock.now()));
      } catch (error) {
        incoming.failure = error;
        throw error;
      }
    };
    // TypeScript's DOM does not know `duplex`, without which a stream can't be sent.
    const init = { method, headers, body: guarded(body, check), duplex: 'half' };
    return new Request(url, init);
  }

  /** Before the last answer: whoever hears of success finds the file in the room. */
  async #complete(call: Call, id: string): Promise<void> {
    const { ports, bytes, commits } = this.#parts;
    const room = await findRoom(ports, call.room);
    const file = room && (await findFile(ports.storage.db, room.id, id));
    if (!file?.draft) throw notFound();
    const { key, draft, size } = file;
    const head = await reach(async () => {
      await bytes.complete(key, { ...draft, ...(await bytes.settle(key, draft)) });
      return readAll(await bytes.read(key, { start: 0, end: Math.min(size, IMAGE_HEAD_BYTES) }));
    });
    const { type, image } = await typeOf(head, size <= IMAGE_HEAD_BYTES);
    try {
      await changeAs(this.#parts, call, 'session', (change) =>
        completeUpload(change, { id, type, image }),
      );
    } catch (error) {
      // Deleted at the very last moment: what was put together after that is nobody's.
      const isGone = error instanceof MeetingError && error.code === 'file-not-found';
      if (isGone) {
        await commits.change({ id: file.room_id }, async (change) =>
          change.effect({ kind: 'bytes.delete', payload: { objects: [{ key }] } }),
        );
      }
      throw error;
    }
  }

  #of(request: Request): Incoming {
    const incoming = this.#incoming.get(request);
    if (incoming) return incoming;
    throw new Error('tus asks of a request that is not here.');
  }
}

/** @throws MeetingError `presenter-mode` */
function demandUpload({ presenter_mode: presenterMode }: Room, by: Seated): void {
  demand('file-upload', { by, presenterMode });
}

/** Whoever did not hear that it is complete asks once more, and is told so. */
function answerComplete({ method, headers }: Request, { size }: StoredFile): Response {
  const isLate = method === 'PATCH' && headers.get('upload-offset') === String(size);
  if (method !== 'HEAD' && !isLate) throw notFound();
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
async function toError(response: Response, failure: unknown): Promise<unknown> {
  if (failure instanceof MeetingError) return failure;
  const said = (await response.text()).trim() || `tus answered ${response.status}`;
  switch (response.status) {
    case 403:
    case 415:
      return new MeetingError('unsupported-media-type', said);
    case 404:
    case 410:
      return notFound();
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

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
