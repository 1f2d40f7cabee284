import {
  EgressClient,
  EgressStatus,
  EncodedFileOutput,
  EncodedFileType,
  type EgressInfo,
  S3Upload,
} from 'livekit-server-sdk';
import type { S3Options } from './files/s3-store.ts';
import type { MeetingServerOptions } from './options.ts';
import type { EgressOptions } from './recording-options.ts';

/** One recording that LiveKit's Egress makes, or made. */
export interface Egress {
  readonly id: string;
  /** Where its bytes go, or went. */
  readonly key: string | undefined;
  /** `over`: it is over, and its bytes are where they belong. */
  readonly state: 'active' | 'ending' | 'over' | 'failed';
  readonly size: number;
  /** ms. */
  readonly duration: number;
}

/** LiveKit's Egress, as far as it records calls of ours into our byte store. */
export interface Egresses {
  /** @returns its id. Rejects when no worker answers soon. */
  start(sfuRoom: string, key: string): Promise<string>;
  /** Done as well when it is over already. */
  stop(id: string): Promise<void>;
  /** Those of a LiveKit room that write for us, over or not. */
  list(sfuRoom: string): Promise<Egress[]>;
}

/** Without a worker LiveKit itself would wait for 10 s. s, the SDK's unit. */
const REQUEST_TIMEOUT = 3;

const STATES: Readonly<Record<EgressStatus, Egress['state']>> = {
  [EgressStatus.EGRESS_STARTING]: 'active',
  [EgressStatus.EGRESS_ACTIVE]: 'active',
  [EgressStatus.EGRESS_ENDING]: 'ending',
  [EgressStatus.EGRESS_COMPLETE]: 'over',
  [EgressStatus.EGRESS_LIMIT_REACHED]: 'over',
  [EgressStatus.EGRESS_ABORTED]: 'failed',
  [EgressStatus.EGRESS_FAILED]: 'failed',
};

/** LiveKit's Egress, when the options say that there is one. */
export function openEgresses({
  livekit,
  recordings,
  files,
}: Pick<MeetingServerOptions, 'livekit' | 'recordings' | 'files'>): Egresses | undefined {
  const s3 = files && 's3' in files ? files.s3 : undefined;
  return recordings?.egress && new LiveKitEgresses(livekit, recordings.egress, s3);
}

/** The real one. */
export class LiveKitEgresses implements Egresses {
  readonly #client: EgressClient;
  readonly #options: EgressOptions;
  readonly #s3: S3Options | undefined;

  constructor(
    { url, apiKey, apiSecret }: MeetingServerOptions['livekit'],
    options: EgressOptions,
    s3: S3Options | undefined,
  ) {
    this.#client = new EgressClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
      requestTimeout: REQUEST_TIMEOUT,
    });
    this.#options = options;
    this.#s3 = s3;
  }

  async start(sfuRoom: string, key: string): Promise<string> {
    const { layout, templateUrl } = this.#options;
    const file = new EncodedFileOutput({
      fileType: EncodedFileType.MP4,
      filepath: this.#pathOf(key),
      disableManifest: true,
      ...(this.#s3 && { output: { case: 's3', value: toUpload(this.#s3) } }),
    });
    const { egressId } = await this.#client.startRoomCompositeEgress(
      sfuRoom,
      { file },
      {
        ...(layout !== undefined && { layout }),
        ...(templateUrl !== undefined && { customBaseUrl: templateUrl }),
      },
    );
    return egressId;
  }

  async stop(id: string): Promise<void> {
    await this.#client.stopEgress(id);
  }

  async list(sfuRoom: string): Promise<Egress[]> {
    const all = await this.#client.listEgress({ roomName: sfuRoom }).catch(noneWithoutRedis);
    return all.map((info) => this.#read(info)).filter(({ key }) => key !== undefined);
  }

  #read(info: EgressInfo): Egress {
    const [result] = info.fileResults;
    const path = requestedPath(info) ?? result?.filename;
    return {
      id: info.egressId,
      key: path === undefined ? undefined : this.#keyOf(path),
      state: STATES[info.status],
      size: Number(result?.size ?? 0n),
      duration: Math.round(Number(result?.duration ?? 0n) / 1e6),
    };
  }

  #pathOf(key: string): string {
    const { folder } = this.#options;
    return this.#s3 || folder === undefined ? key : `${folder.replace(/\/+$/, '')}/${key}`;
  }

  #keyOf(path: string): string | undefined {
    return /(?:^|\/)(recordings\/[0-9a-f]{32}\/[\w-]{22}\.mp4)$/.exec(path)?.[1];
  }
}

/** Without Redis LiveKit has no workers at all, and says so. */
function noneWithoutRedis(error: unknown): [] {
  if (error instanceof Error && error.message.includes('egress not connected')) return [];
  throw error;
}

function requestedPath({ request }: EgressInfo): string | undefined {
  if (request.case !== 'roomComposite') return undefined;
  const { output, fileOutputs } = request.value;
  return fileOutputs[0]?.filepath ?? (output.case === 'file' ? output.value.filepath : undefined);
}

const toUpload = ({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Options): S3Upload =>
  new S3Upload({
    accessKey: accessKeyId,
    secret: secretAccessKey,
    region: region ?? 'us-east-1',
    endpoint,
    bucket,
    forcePathStyle: true,
  });
