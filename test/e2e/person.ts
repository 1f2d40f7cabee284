import { SignalResponse } from '@livekit/protocol';
import type { BrowserContext, Locator, Page, Response, WebSocket } from 'playwright-core';
import type { FeedMessage } from '../../src/protocol/feed.ts';
import type { Answer } from '../../src/protocol/routes.ts';
import type { Entered } from '../../src/protocol/snapshot.ts';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';

/** What the page heard, as `page-server.ts` notes it. */
export interface Heard {
  type: string;
  /** ms since the epoch. */
  heardAt: number;
  id?: string;
  seq?: number;
  participant?: { identity: string; name: string; role: string; person: string };
  by?: { identity: string; name: string };
  reason?: string;
  [field: string]: unknown;
}

/** What of a page's connection to the door is worth stealing. */
export interface Door {
  /** The base, without path and query. */
  base: string;
  /** The token that the page came in with. */
  token: string;
  /** The last one that LiveKit sent to replace it. */
  refreshed: string | undefined;
}

/** Keeps hold of what the page would not show: its connections, clicks, and counts of frames. */
export const PROBE = `
window.probe = {
  peers: [],
  clicks: [],
  async frames(track) {
    let frames = 0;
    for (const peer of probe.peers) {
      if (peer.connectionState === 'closed') continue;
      const source = track ? peer.getReceivers().find((receiver) => receiver.track === track) : peer;
      for (const report of (await source?.getStats())?.values() ?? []) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded;
      }
    }
    return frames;
  },
  deep(root, found = []) {
    for (const element of root.querySelectorAll('*')) {
      found.push(element);
      if (element.shadowRoot) probe.deep(element.shadowRoot, found);
    }
    return found;
  },
  shows(text) {
    return probe.deep(document).some((e) => e.children.length === 0 && e.textContent.trim() === text && e.checkVisibility());
  },
  shown(text) {
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        if (!probe.shows(text)) return;
        clearInterval(timer);
        resolve(performance.timeOrigin + performance.now());
      }, 5);
    });
  },
};
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...options) { super(...options); probe.peers.push(this); }
};
addEventListener('click', () => probe.clicks.push(performance.timeOrigin + performance.now()), true);
addEventListener('keydown', () => probe.clicks.push(performance.timeOrigin + performance.now()), true);
`;

/** Devices that say no, as with a camera that is missing or refused. */
export const NO_DEVICES = `
navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException('Permission denied', 'NotAllowedError');
};
`;

export interface PersonOptions {
  name: string;
  url: string;
  /** Without it, the browser refuses camera and microphone. */
  camera?: boolean;
}

/** Somebody at a page that embeds the room. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly url: string;
  /** What LiveKit's signalling has said to this page, at whichever of its connections. */
  readonly signals: SignalResponse['message'][] = [];
  /** What the feeds of this page have said, each with when it came, ms since the epoch. */
  readonly feed: { at: number; frame: FeedMessage }[] = [];
  /** How many frames have come over whichever WebSocket of this page. */
  arrived = 0;
  readonly #sockets: Door[] = [];
  readonly #open = new Set<WebSocket>();
  #entered: Entered | undefined;
  #knocked: Answer<'knock'> | undefined;

  private constructor(name: string, page: Page, url: string) {
    this.name = name;
    this.page = page;
    this.url = url;
    page.on('websocket', (socket) => this.#watch(socket));
  }

  /** Opens the page in `context`; does not join yet. */
  static async open(context: BrowserContext, options: PersonOptions): Promise<Person> {
    const page = await context.newPage();
    await page.addInitScript(PROBE);
    if (options.camera === false) await page.addInitScript(NO_DEVICES);
    const person = new Person(options.name, page, options.url);
    await page.goto(options.url);
    return person;
  }

  /** Through the join screen into the call. */
  async join(): Promise<this> {
    const answer = await this.asksToEnter();
    if (!answer.ok()) throw new Error(`${this.name} was refused: ${await answer.text()}`);
    this.#entered = (await answer.json()) as Entered;
    await this.hears('meeting-joined');
    return this;
  }

  /** Clicks Join, and gives the server's answer to it, whatever it is. */
  async asksToEnter(): Promise<Response> {
    await this.#introduces();
    return this.#clicks('Join', 'call-enter');
  }

  /** Through the join screen to the door, and waits there. */
  async knock(message?: string): Promise<this> {
    return this.#hasKnocked(await this.asksToKnock(message));
  }

  /** The same, seen by the hosts; the camera must be on for that. */
  async knockWithCamera(): Promise<this> {
    await this.page.getByRole('checkbox', { name: 'Hosts see me while I wait' }).check();
    return this.knock();
  }

  async #hasKnocked(answer: Response): Promise<this> {
    if (!answer.ok()) throw new Error(`${this.name} may not knock: ${await answer.text()}`);
    this.#knocked = (await answer.json()) as Answer<'knock'>;
    await this.waits();
    return this;
  }

  /** Clicks Knock, and gives the server's answer to it, whatever it is. */
  async asksToKnock(message?: string): Promise<Response> {
    await this.page.getByRole('button', { name: 'Knock', exact: true }).waitFor();
    await this.#introduces();
    if (message) await this.page.getByRole('textbox', { name: /^Message/ }).fill(message);
    return this.#clicks('Knock', 'knock');
  }

  async waits(): Promise<void> {
    await this.reads('Waiting to be let in');
  }

  /** Until the screen's heading says so. */
  async reads(heading: string): Promise<void> {
    try {
      await this.page.getByRole('heading', { name: heading, exact: true }).waitFor();
    } catch (cause) {
      const shown = await this.page.getByRole('heading').allInnerTexts();
      const instead = shown.join(', ') || 'no heading';
      throw new Error(`${this.name} does not read “${heading}” but ${instead}.`, { cause });
    }
  }

  /** What the server answered to knocking. */
  get knocked(): Answer<'knock'> {
    if (!this.#knocked) throw new Error(`${this.name} has not knocked`);
    return this.#knocked;
  }

  /** The card of somebody at the door. */
  card(name: string): Locator {
    const door = this.page.getByRole('region', { name: 'People at the door' });
    return door.getByRole('group', { name, exact: true });
  }

  async admits(name: string): Promise<void> {
    await this.card(name).getByRole('button', { name: 'Admit', exact: true }).click();
  }

  async denies(name: string): Promise<void> {
    await this.card(name).getByRole('button', { name: 'Deny', exact: true }).click();
  }

  /** Types their name, unless an invitation or the page's backend says it. */
  async #introduces(): Promise<void> {
    await this.#isLookedUp();
    const name = this.page.getByRole('textbox', { name: 'Your name' });
    if (await name.isEditable()) await name.fill(this.name);
    else expect(await name.inputValue()).toBe(this.name);
  }

  /** The join screen's button does nothing while it is looked up how far one may go. */
  async #isLookedUp(): Promise<void> {
    await eventually(`it is looked up how far ${this.name} may go`, () =>
      this.page.evaluate<boolean>(
        `['known', 'failed'].includes(document.querySelector('meeting-room')?.store?.access.value.phase)`,
      ),
    );
  }

  async #clicks(button: string, stem: string): Promise<Response> {
    await this.#isLookedUp();
    const [answer] = await Promise.all([
      this.#answer(stem),
      this.page.getByRole('button', { name: button, exact: true }).click(),
    ]);
    return answer;
  }

  /** What the server answers next when the page asks for `stem`. */
  #answer(stem: string): Promise<Response> {
    return this.page.waitForResponse(
      (response) => response.url().endsWith(`/${stem}`) && response.request().method() === 'POST',
    );
  }

  /** What the server answered to entering: session, token and all. */
  get entered(): Entered {
    if (!this.#entered) throw new Error(`${this.name} has not joined`);
    return this.#entered;
  }

  /** The tile of somebody in the call, who may have a card at the door, too. */
  tile(name: string): Locator {
    return this.page.getByRole('listitem').getByRole('group', { name, exact: true });
  }

  async sees(name: string): Promise<void> {
    await this.tile(name).waitFor();
  }

  async seesNoMore(name: string): Promise<void> {
    await this.tile(name).waitFor({ state: 'detached' });
  }

  /** Until frames of that person's camera have been decoded since the call. */
  async seesMoving(name: string, frames = 3, patience?: number): Promise<void> {
    let before: number | undefined;
    await eventually(
      `${this.name} sees ${name} move`,
      async () => {
        const now = await this.framesOf(name);
        if (before === undefined || now < before) before = now;
        return now >= before + frames;
      },
      patience,
    );
  }

  /** Frames of that person's camera decoded so far; 0 without a picture. */
  framesOf(name: string): Promise<number> {
    return this.framesIn(this.tile(name));
  }

  /** Frames that the picture in `place` has had so far; 0 without a picture. */
  async framesIn(place: Locator): Promise<number> {
    const video = place.locator('video').first();
    if ((await video.count()) === 0) return 0;
    return video.evaluate(
      (element: HTMLVideoElement) => {
        const { probe } = globalThis as unknown as {
          probe: { frames(track: MediaStreamTrack): Promise<number> };
        };
        const track = (element.srcObject as MediaStream | null)?.getVideoTracks()[0];
        return track ? probe.frames(track) : 0;
      },
      // A tile that goes just now has no more frames; the next question finds none.
      { timeout: 1_000 },
    );
  }

  /** Frames of all cameras decoded so far. */
  frames(): Promise<number> {
    return this.page.evaluate('probe.frames()');
  }

  /** Calls a method of the page's room, as the embedding page would. */
  async calls(method: string, ...args: unknown[]): Promise<unknown> {
    const call = `document.querySelector('meeting-room').${method}(...${JSON.stringify(args)})`;
    return this.page.evaluate(call);
  }

  /** The code with which a method of the page's room refuses; `done` when it doesn't. */
  async tries(method: string, ...args: unknown[]): Promise<string> {
    const call = `document.querySelector('meeting-room').${method}(...${JSON.stringify(args)})`;
    return this.page.evaluate(`Promise.resolve(${call}).then(() => 'done', ({ code }) => code)`);
  }

  /** Removes somebody by the mouse: hover, click, confirm. */
  async remove(name: string): Promise<void> {
    await this.askToRemove(name);
    await this.confirm();
  }

  async askToRemove(name: string): Promise<void> {
    await this.tile(name).hover();
    await this.page.getByRole('button', { name: `Remove ${name}`, exact: true }).click();
  }

  async confirm(): Promise<void> {
    const dialog = this.page.getByRole('alertdialog');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  }

  /** When this page's last click or key was, ms since the epoch. */
  lastAct(): Promise<number> {
    return this.page.evaluate('probe.clicks.at(-1)');
  }

  /** Resolves to when `text` was on the screen, ms since the epoch. Ask before it can be. */
  shown(text: string): Promise<number> {
    return this.page.evaluate(`probe.shown(${JSON.stringify(text)})`);
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: 'Leave', exact: true }).click();
    await this.hears('meeting-left');
  }

  /** How this page's stay ended, once it has. */
  exit(): Promise<Heard> {
    return this.hears('meeting-left');
  }

  /** All that this page's room has told so far, or only of one type. */
  async heard(type?: string): Promise<Heard[]> {
    const all = await this.page.evaluate<Heard[]>('heard');
    return type ? all.filter((event) => event.type === type) : all;
  }

  /** Waits until the page has heard `type`, `more` allowing to look at its fields. */
  hears(
    type: string,
    more: (event: Heard) => boolean = () => true,
    patience?: number,
  ): Promise<Heard> {
    const find = async (): Promise<Heard | undefined> => (await this.heard(type)).find(more);
    return eventually(`${this.name} hears ${type}`, find, patience);
  }

  /** The page's connection to the door, with the tokens that travelled over it. */
  door(): Promise<Door> {
    return eventually(`${this.name} has a connection to the door`, () => this.#sockets.at(-1));
  }

  /** The same, once LiveKit has sent a refreshed token. */
  async doorWithRefreshed(): Promise<Door & { refreshed: string }> {
    const refreshed = await eventually(
      'a refreshed token',
      async () => (await this.door()).refreshed,
    );
    return { ...(await this.door()), refreshed };
  }

  /** Until no WebSocket of this page is open. */
  async isCutOff(): Promise<void> {
    await eventually(`${this.name} has no open WebSocket`, () => this.#open.size === 0);
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  #watch(socket: WebSocket): void {
    this.#open.add(socket);
    socket.on('framereceived', () => (this.arrived += 1));
    socket.on('close', () => this.#open.delete(socket));
    const url = new URL(socket.url());
    if (url.pathname.endsWith('/feed')) {
      socket.on('framereceived', ({ payload }) => {
        const said = JSON.parse(payload.toString()) as FeedMessage | FeedMessage[];
        const at = performance.timeOrigin + performance.now();
        this.feed.push(...[said].flat().map((frame) => ({ at, frame })));
      });
    }
    const token = url.searchParams.get('access_token');
    if (!token) return;
    const base = `${url.origin}${url.pathname.replace(/\/rtc(\/v1)?$/, '')}`;
    const door: Door = { base, token, refreshed: undefined };
    this.#sockets.push(door);
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') return;
      const { message } = SignalResponse.fromBinary(new Uint8Array(payload));
      this.signals.push(message);
      if (message?.case === 'refreshToken') door.refreshed = message.value;
    });
  }
}
