import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src/server/storage/folder-lock.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'meeting-lock-'));
  folder = join(parent, 'deep', 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const IN_USE = /^The folder .* is in use by process \d+\. PGlite allows one process;/;

describe('A locked folder', () => {
  it('is for one, this process included, until it is released', () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(IN_USE);
    expect(() => lockFolder(`${folder}/../data/`)).toThrow(IN_USE);
    release();
    expect(existsSync(`${folder}.lock`)).toBe(false);
    lockFolder(folder)();
  });

  it('is not another folder', () => {
    const releases = [lockFolder(folder), lockFolder(`${folder}2`)];
    for (const release of releases) release();
  });

  it.each([
    ['cut off by a crash', '{"pid":'],
    ['empty', ''],
    ['of a process that never was', JSON.stringify({ pid: 0x7fff_fff0, started: '1' })],
    ['not what we write', 'null'],
    ['of nobody', '{}'],
  ])('is taken over when the lock is %s', (_what, text) => {
    lockFolder(folder)();
    writeFileSync(`${folder}.lock`, text);
    lockFolder(folder)();
  });

  it('is taken over from a process that was killed', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    lockFolder(folder)();
    writeFileSync(`${folder}.lock`, JSON.stringify({ pid: child.pid, started }));
    expect(() => lockFolder(folder)).toThrow(IN_USE);
    child.kill('SIGKILL');
    await once(child, 'close');
    lockFolder(folder)();
  });

  it('is taken over from an earlier process of the same id', () => {
    lockFolder(folder)();
    writeFileSync(`${folder}.lock`, JSON.stringify({ pid: process.pid, started: 'long ago' }));
    lockFolder(folder)();
  });
});
