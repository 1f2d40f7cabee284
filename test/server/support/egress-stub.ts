import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { EgressInfo, EgressStatus } from '@livekit/protocol';
import { decodeJwt } from 'jose';

/** What a worker is asked for, as LiveKit passes it on. */
interface Asked {
  roomName: string;
  layout?: string;
  fileOutputs: { filepath: string; fileType?: string; s3?: Record<string, unknown> }[];
}

/**
 * LiveKit's Twirp service of Egress, with a worker that does what a test says. What it answers is
 * the protocol's own `EgressInfo`; a real worker was never run.
 */
export class EgressStub {
  readonly url: string;
  readonly apiKey = 'egress-key';
  readonly apiSecret = 'a secret for the stub of LiveKit’s Egress';
  /** All that it was asked to begin, in order. */
  readonly asked: Asked[] = [];
  /** How often it was asked to stop something. */
  stops = 0;
  /** Nobody answers while it is true, as without a worker. */
  isMute = false;
  /** It begins, but whoever asked for it does not hear of it. */
  isSlow = false;
  readonly #infos = new Map<string, EgressInfo>();
  readonly #http: Server;

  private constructor(http: Server) {
    this.#http = http;
    this.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    http.on('request', (request, response) => {
      void this.#answer(request).then((answer) => {
        if (answer === undefined) return;
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(answer.body);
      });
    });
  }

  static async start(): Promise<EgressStub> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new EgressStub(http);
  }

  close(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }

  get active(): EgressInfo[] {
    return [...this.#infos.values()].filter(({ status }) => status === EgressStatus.EGRESS_ACTIVE);
  }

  info(id: string): EgressInfo {
    const info = this.#infos.get(id);
    if (!info) throw new Error(`There is no egress ${id}.`);
    return info;
  }

  /** The worker is done; with `bytes`, they lie where it was asked to put them. */
  async finish(id: string, bytes?: Uint8Array, status = EgressStatus.EGRESS_COMPLETE) {
    const info = this.info(id);
    const path = pathOf(info);
    if (bytes) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    const told = info.toJson() as Record<string, unknown>;
    const result = {
      filename: path,
      size: String(bytes?.length ?? 0),
      duration: '61500000000',
      location: path,
    };
    const json = { ...told, status: EgressStatus[status], fileResults: bytes ? [result] : [] };
    this.#infos.set(id, EgressInfo.fromJson(json));
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: string } | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, service, method] = /\/livekit\.(\w+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (service !== 'Egress') return notFound('There is no such room.');
    const input = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const { video } = decodeJwt(token) as { video?: { roomRecord?: boolean } };
    if (!video?.roomRecord) return { status: 401, body: '{"code":"unauthenticated"}' };
    if (method === 'StartRoomCompositeEgress') return this.#begin(input);
    if (method === 'ListEgress') {
      const items = [...this.#infos.values()].filter(
        ({ roomName }) => roomName === (input['roomName'] ?? input['room_name']),
      );
      return ok({ items: items.map((info) => info.toJson()) });
    }
    const id = String(input['egressId'] ?? input['egress_id']);
    const info = this.#infos.get(id);
    if (!info) return notFound('There is no such egress.');
    this.stops += 1;
    info.status = EgressStatus.EGRESS_ENDING;
    return ok(info.toJson());
  }

  #begin(input: Record<string, unknown>) {
    if (this.isMute) return undefined;
    const id = `EG_${this.#infos.size + 1}_${this.asked.length}`;
    const info = EgressInfo.fromJson({
      egressId: id,
      roomName: String(input['roomName'] ?? input['room_name']),
      status: 'EGRESS_ACTIVE',
      roomComposite: input as never,
    });
    const asked = (info.toJson() as unknown as { roomComposite: Asked }).roomComposite;
    this.asked.push(asked);
    this.#infos.set(id, info);
    return this.isSlow
      ? undefined
      : ok({ ...(info.toJson() as object), status: 'EGRESS_STARTING' });
  }
}

const pathOf = ({ request }: EgressInfo): string =>
  request.case === 'roomComposite' ? (request.value.fileOutputs[0]?.filepath ?? '') : '';

const ok = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });
const notFound = (msg: string) => ({
  status: 404,
  body: JSON.stringify({ code: 'not_found', msg }),
});
