import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureLivekit } from './livekit-binary.ts';

/** A start that takes longer than this has failed, ms. */
const START_TIMEOUT = 20_000;
/** What LiveKit gets to end by itself, ms: with people in a room it would drain for ever. */
const STOP_TIMEOUT = 500;
/** Somebody else may take a port between our asking for it and LiveKit's listening. */
const START_TRIES = 3;

export interface LivekitOptions {
  /** Where LiveKit tells what happens: the meeting server's `…/webhooks/livekit`. */
  webhookUrl?: string;
  /** Made anew when left out. */
  apiKey?: string;
  apiSecret?: string;
  /** Laid over the configuration, section by section. */
  settings?: Record<string, object>;
  /**
   * A session of its own, as a service has: Linux gives each its share of the processor. Whoever
   * starts it so ends it also when they are interrupted, which nobody else tells it.
   */
  ownSession?: boolean;
}

/** A LiveKit that runs on loopback, on ports of its own. */
export interface Livekit {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly pid: number;
  /** Ends it, whatever state it is in. */
  stop(): Promise<void>;
  /** Sends a signal, `SIGSTOP` and `SIGCONT` included. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it at once, and starts it on the same ports with the same keys. */
  restart(): Promise<void>;
}

interface Ports {
  http: number;
  tcp: number;
  udp: number;
}

/** Finds or builds livekit-server, and starts it with the settings that the door relies on. */
export async function startLivekit(options: LivekitOptions = {}): Promise<Livekit> {
  const binary = await ensureLivekit();
  const apiKey = options.apiKey ?? `key${randomBytes(6).toString('hex')}`;
  const apiSecret = options.apiSecret ?? randomBytes(32).toString('hex');
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts();
    const config = configure(ports, { ...options, apiKey, apiSecret });
    const url = `http://127.0.0.1:${ports.http}`;
    const start = (): Promise<ChildProcess> => run(binary, config, url, options.ownSession);
    try {
      return keep(await start(), start, { url, apiKey, apiSecret });
    } catch (error) {
      if (attempt === START_TRIES) throw error;
    }
  }
}

function keep(
  first: ChildProcess,
  again: () => Promise<ChildProcess>,
  address: Pick<Livekit, 'url' | 'apiKey' | 'apiSecret'>,
): Livekit {
  let child = first;
  return {
    ...address,
    get pid() {
      return child.pid ?? -1;
    },
    stop: () => end(child, 'SIGTERM'),
    kill: (signal) => void child.kill(signal),
    async restart() {
      await end(child, 'SIGKILL');
      child = await again();
    },
  };
}

/** LiveKit's configuration is YAML, which JSON is a part of. */
function configure(
  ports: Ports,
  options: LivekitOptions & { apiKey: string; apiSecret: string },
): string {
  return JSON.stringify({
    port: ports.http,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      node_ip: '127.0.0.1',
      use_external_ip: false,
      interfaces: { includes: ['lo', 'lo0'] },
      enable_loopback_candidate: true,
      // Left empty, LiveKit hands public STUN servers to every browser. Nobody needs to listen here,
      // but Firefox refuses the whole call for a port that it blocks, such as 9.
      stun_servers: ['127.0.0.1:3478'],
    },
    // Only the door makes rooms: a token of an ended call finds none.
    room: { auto_create: false, empty_timeout: 300, departure_timeout: 20 },
    keys: { [options.apiKey]: options.apiSecret },
    ...(options.webhookUrl && {
      webhook: { api_key: options.apiKey, urls: [options.webhookUrl] },
    }),
    logging: { level: 'warn' },
    ...options.settings,
  });
}

async function run(
  binary: string,
  config: string,
  url: string,
  ownSession = false,
): Promise<ChildProcess> {
  const child = spawn(binary, [], {
    detached: ownSession,
    // By the environment, so that the keys don't show in the list of processes.
    env: { ...process.env, LIVEKIT_CONFIG: config },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const note = (chunk: Buffer): void => {
    output.push(chunk.toString());
    if (output.length > 20) output.shift();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  const failed = await Promise.race([
    once(child, 'exit').then(() => `livekit-server ended at once:\n${output.join('')}`),
    answers(url).then((yes) => (yes ? undefined : `livekit-server does not answer at ${url}`)),
  ]);
  if (failed === undefined) return child;
  await end(child, 'SIGKILL');
  throw new Error(failed);
}

async function answers(url: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return true;
    await delay(50);
  }
  return false;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT);
  await exited;
  clearTimeout(timer);
}

/** Asks the system for ports; all are held until the last is known, so that no two are the same. */
async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer()];
  const socket = createSocket('udp4');
  const listening = servers.map(async (server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const udp = socket.address().port;
  const [http = 0, tcp = 0] = await Promise.all(listening);
  for (const server of servers) server.close();
  socket.close();
  return { http, tcp, udp };
}
