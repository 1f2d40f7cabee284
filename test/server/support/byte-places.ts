import type { ByteStore } from '../../../src/server/files/byte-store.ts';
import { FolderStore } from '../../../src/server/files/folder-store.ts';
import { S3Store } from '../../../src/server/files/s3-store.ts';
import { optionsOf, type S3Gateway } from '../../s3-gateway.ts';
import { newFolder } from './folders.ts';
import { STORAGES } from './storages.ts';

/** Both storages, each with files in a folder and in S3. @param s3 The gateway, once it runs. */
export const bytePlaces = (s3: () => S3Gateway) =>
  STORAGES.flatMap(({ name, open }) => [
    {
      ...{ name: `${name} and a folder`, open },
      bytes: async (): Promise<ByteStore> => new FolderStore(await newFolder()),
    },
    {
      ...{ name: `${name} and S3`, open },
      bytes: async (): Promise<ByteStore> => new S3Store(optionsOf(s3())),
    },
  ]);
