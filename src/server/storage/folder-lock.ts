import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Who holds a folder. `started` tells a process from a later one with the same id. */
interface Holder {
  pid: number;
  started: string;
}

/**
 * Takes a PGlite folder for this process alone: two processes on one folder lose rows silently.
 *
 * @returns the release.
 * @throws Error when a living process, this one included, holds the folder.
 */
export function lockFolder(folder: string): () => void {
  const file = `${resolve(folder)}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  const me: Holder = { pid: process.pid, started: startOf(process.pid) };
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder)) {
      throw new Error(
        `The folder ${folder} is in use by process ${holder.pid}. ` +
          'PGlite allows one process; for more, use PostgreSQL (DATABASE_URL).',
      );
    }
    rmSync(file, { force: true });
  }
  throw new Error(`The folder ${folder} could not be locked: others keep taking it.`);
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    // Gone meanwhile, or cut off by a crash while it was written: nobody holds it.
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return startOf(pid) === started;
}

/** The process's start time in clock ticks, from Linux's procfs; empty elsewhere. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return '';
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
