import type { KeptRecording, RecordingShelf, Tape } from './kept-recording.ts';

const LOCK = 'livekit-meeting-room:recording:';
const ABOUT = 'about';
const CHUNKS = 'chunks';
/** Chunks that are read in one go, where not all are wanted. */
const AT_ONCE = 16;

type About = Omit<KeptRecording, 'state'> & { readonly isComplete: boolean };

interface Chunk {
  readonly recording: string;
  readonly index: number;
  readonly bytes: Blob;
}

/**
 * Keeps recordings in IndexedDB, a row for each chunk: every browser has it, no chunk is written
 * twice, and blobs lie in files of the browser, so that hours of them take no memory.
 */
export class IndexedShelf implements RecordingShelf {
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;

  constructor(name = 'livekit-meeting-room-recordings') {
    this.#name = name;
  }

  async begin(about: Pick<KeptRecording, 'id' | 'server' | 'room' | 'type' | 'at'>): Promise<Tape> {
    const release = await hold(about.id);
    try {
      const first: About = { ...about, duration: 0, size: 0, isComplete: false };
      await this.#write((store) => store(ABOUT).add(first));
      return new IndexedTape(first, (change) => this.#write(change), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async list(server: string, room: string): Promise<readonly KeptRecording[]> {
    const database = await this.#open();
    const all = await answer<About[]>(database.transaction(ABOUT).objectStore(ABOUT).getAll());
    const running = await heldIds();
    return all
      .filter((each) => each.server === server && each.room === room)
      .toSorted((one, other) => other.at - one.at)
      .map(({ isComplete, ...about }) => {
        const state = running.has(about.id) ? 'running' : isComplete ? 'complete' : 'interrupted';
        return Object.freeze({ ...about, state });
      });
  }

  async read(id: string): Promise<Blob | undefined> {
    const database = await this.#open();
    const transaction = database.transaction([ABOUT, CHUNKS]);
    const [about, chunks] = await Promise.all([
      answer<About | undefined>(transaction.objectStore(ABOUT).get(id)),
      // Keys are in order, so are the rows.
      answer<Chunk[]>(transaction.objectStore(CHUNKS).getAll(chunksOf(id))),
    ]);
    if (!about) return undefined;
    return new Blob(
      chunks.map(({ bytes }) => bytes),
      { type: about.type },
    );
  }

  async chunks(id: string, from: number): Promise<readonly Blob[]> {
    const database = await this.#open();
    const store = database.transaction(CHUNKS).objectStore(CHUNKS);
    const chunks = await answer<Chunk[]>(store.getAll(chunksOf(id, from), AT_ONCE));
    return chunks.map(({ bytes }) => bytes);
  }

  async remove(id: string): Promise<boolean> {
    if ((await heldIds()).has(id)) return false;
    let isThere = false;
    await this.#write((store) => {
      store(ABOUT).count(id).onsuccess = ({ target }) => {
        isThere = (target as IDBRequest<number>).result > 0;
      };
      store(ABOUT).delete(id);
      store(CHUNKS).delete(chunksOf(id));
    });
    return isThere;
  }

  /** Resolves when what `change` asked for is on disk. */
  async #write(change: Change): Promise<void> {
    const database = await this.#open();
    // The browser's default says done before the disk does, and a crash is what this is for.
    const options = { durability: 'strict' } as const;
    const transaction = database.transaction([ABOUT, CHUNKS], 'readwrite', options);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new DOMException('', 'AbortError'));
    });
    change((name) => transaction.objectStore(name));
    await done;
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= open(this.#name).catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }
}

type Change = (store: (name: string) => IDBObjectStore) => void;

class IndexedTape implements Tape {
  readonly id: string;
  readonly #write: (change: Change) => Promise<void>;
  readonly #release: () => void;
  #about: About;
  #count = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(about: About, write: (change: Change) => Promise<void>, release: () => void) {
    this.id = about.id;
    this.#about = about;
    this.#write = write;
    this.#release = release;
  }

  append(bytes: Blob, duration: number): Promise<void> {
    const chunk: Chunk = { recording: this.id, index: this.#count++, bytes };
    return this.#after(async () => {
      const about = { ...this.#about, duration, size: this.#about.size + bytes.size };
      await this.#write((store) => {
        store(CHUNKS).add(chunk);
        store(ABOUT).put(about);
      });
      this.#about = about;
    });
  }

  async finish(): Promise<void> {
    try {
      await this.#after(async () => {
        this.#about = { ...this.#about, isComplete: true };
        await this.#write((store) => store(ABOUT).put(this.#about));
      });
    } finally {
      this.#release();
    }
  }

  /** One after the other. After one that failed nothing is kept: a film with a gap is none. */
  #after(write: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(write);
    return this.#last;
  }
}

const chunksOf = (id: string, from = 0): IDBKeyRange =>
  IDBKeyRange.bound([id, from], [id, Infinity]);

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ABOUT, { keyPath: 'id' });
    request.result.createObjectStore(CHUNKS, { keyPath: ['recording', 'index'] });
  };
  return answer(request);
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'));
  });
}

/** Shows every tab of the origin that `id` is being recorded, as long as this page lives. */
function hold(id: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = async (lock: Lock | null): Promise<void> => {
      if (!lock) throw new DOMException('It is recorded already.', 'AbortError');
      // Held until whoever asked for it calls `release`.
      await new Promise<void>((release) => resolve(() => release()));
    };
    navigator.locks.request(`${LOCK}${id}`, { ifAvailable: true }, held).catch(reject);
  });
}

async function heldIds(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(
    held.map(({ name }) => (name?.startsWith(LOCK) ? name.slice(LOCK.length) : '')).filter(Boolean),
  );
}
