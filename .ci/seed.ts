import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { root } from './step.ts';

const CACHE = `${root}/node_modules/.cache/livekit-meeting-room`;

/**
 * The path of a gzipped tarball of a fresh PGlite data folder. Loading it takes about 2 s, where
 * making a new folder takes 9. Made once for each version of PGlite.
 */
export async function seedFile(): Promise<string> {
  const pglite = await readFile(`${root}/node_modules/@electric-sql/pglite/package.json`, 'utf8');
  const { version } = JSON.parse(pglite) as { version: string };
  const file = `${CACHE}/pglite-${version}.tgz`;
  if (await exists(file)) return file;
  const database = await PGlite.create();
  const dump = await database.dumpDataDir('gzip');
  await database.close();
  await mkdir(CACHE, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return file;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
