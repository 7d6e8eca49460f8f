import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connectDocuments, type Documents } from '../storage/documents/connect.ts';
import { openFilesystemStore } from '../storage/objects/filesystem.ts';
import type { S3Settings } from '../storage/objects/s3-client.ts';
import type { ObjectStore } from '../storage/objects/store.ts';
import { openEmbedded } from '../storage/search/embedded.ts';
import type { SearchEngine } from '../storage/search/search-index.ts';
import type { Config } from './config.ts';
import { checkDataFolder } from './data-folder.ts';
import { refuseNewer } from './migrations/index.ts';
import type { Engine } from './operations/index.ts';
import type { Mirror } from './platform.ts';
import { CannotStart } from './why-not-started.ts';

export interface Engines {
  readonly objects: ObjectStore;
  readonly mirror: Mirror | undefined;
  readonly search: SearchEngine;
  /** Writes a copy of the embedded engine's documents of one moment into a file. */
  readonly copyDocuments: ((file: string) => Promise<void>) | undefined;
  /** Each engine with its name and a check, for readiness. */
  readonly checks: readonly Engine[];
  close(): Promise<void>;
}

/** @throws CannotStart when the server that a setting names cannot be used */
async function reached<Opened>(setting: keyof Config, opening: Promise<Opened>): Promise<Opened> {
  return opening.catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CannotStart(`${setting}: the server there cannot be used (${why}).`, { cause });
  });
}

/**
 * Opens the three engines: those that the settings name, and for the others the embedded ones below DATA_DIR. The
 * clients of servers take memory and time to start: they are read only where there is such a server. Whatever can
 * refuse is asked before the first of them writes anything.
 * @throws CannotStart, ConfigError, CannotOpen
 */
export async function openEngines(config: Config): Promise<Engines> {
  checkDataFolder(config);
  await mkdir(config.DATA_DIR, { recursive: true });
  mongoose.set({ autoCreate: false, autoIndex: false }); // prepareDatabase makes them, under its lock
  const connecting = connectDocuments({
    url: config.MONGODB_URL,
    dataDir: join(config.DATA_DIR, 'documents'),
  });
  const documents = await (config.MONGODB_URL ? reached('MONGODB_URL', connecting) : connecting);
  try {
    await refuseNewer(mongoose.connection);
    return await openOthers(config, documents);
  } catch (error) {
    await documents.close();
    throw error;
  }
}

async function openOthers(config: Config, documents: Documents): Promise<Engines> {
  const opening = openObjects(config);
  const objects = await (config.S3_ENDPOINT ? reached('S3_ENDPOINT', opening) : opening);
  const search = await openSearch(config);
  search.current().catch(() => undefined); // a large index takes a second to load; who asks it first is told why not
  const mirror = mirrorOf(config);
  return {
    objects,
    mirror,
    search,
    copyDocuments: documents.copyTo,
    checks: [
      {
        keeps: 'documents',
        name: documents.engine,
        check: async () => mongoose.connection.db?.command({ ping: 1 }),
      },
      { keeps: 'objects', name: objects.engine, check: () => objects.check() },
      { keeps: 'search', name: search.name, check: () => search.ping() },
    ],
    async close() {
      await search.close();
      await mirror?.close();
      await objects.close();
      await documents.close();
    },
  };
}

async function openSearch({ MEILI_URL, MEILI_KEY, DATA_DIR }: Config): Promise<SearchEngine> {
  if (!MEILI_URL) return openEmbedded(join(DATA_DIR, 'search'));
  const { openMeilisearch } = await import('../storage/search/meilisearch.ts');
  return openMeilisearch(MEILI_URL, MEILI_KEY);
}

/** The object store that the settings name. */
export async function openObjects(config: Config): Promise<ObjectStore> {
  const server = s3Server(config);
  if (!server || !config.S3_BUCKET) return openFilesystemStore(join(config.DATA_DIR, 'objects'));
  const { openS3Store } = await import('../storage/objects/s3.ts');
  return openS3Store({ ...server, bucket: config.S3_BUCKET });
}

/** Another store by its address: a folder, a bucket on the same S3 server, or one elsewhere. */
export async function openOtherObjects(config: Config, address: string): Promise<ObjectStore> {
  const { openStoreAt } = await import('../storage/objects/open-store.ts');
  return openStoreAt(address, s3Server(config));
}

/** The mirror that the settings name, opened once it is asked for; again when that failed. */
function mirrorOf(config: Config): (Mirror & { close(): Promise<void> }) | undefined {
  const { MIRROR } = config;
  if (!MIRROR) return undefined;
  let opening: Promise<ObjectStore> | undefined;
  return {
    id: createHash('sha256')
      .update(MIRROR.replace(/\/\/[^/]*@/, '//'))
      .digest('hex')
      .slice(0, 16),
    open() {
      opening ??= openOtherObjects(config, MIRROR).catch((error) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** The S3 server that the settings name. */
export function s3Server(config: Config): Omit<S3Settings, 'bucket'> | undefined {
  const { S3_ENDPOINT: endpoint, S3_REGION: region } = config;
  const { S3_ACCESS_KEY: accessKeyId, S3_SECRET_KEY: secretAccessKey } = config;
  if (!endpoint || !accessKeyId || !secretAccessKey) return undefined;
  return { endpoint, region, accessKeyId, secretAccessKey, pathStyle: true };
}
