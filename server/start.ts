import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connectDocuments } from '../storage/documents/connect.ts';
import { openFilesystemStore } from '../storage/objects/filesystem.ts';
import { openS3Store } from '../storage/objects/s3.ts';
import type { ObjectStore } from '../storage/objects/store.ts';
import { openEmbedded } from '../storage/search/embedded.ts';
import { visitor } from './access/index.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { endpointsOf, type Feature } from './feature.ts';
import { openLog } from './http/index.ts';
import { countJobs, jobsFeature, openJobs } from './jobs/index.ts';
import { prepareDatabase } from './migrations/index.ts';
import { createOperations, type Engine, openMetrics } from './operations/index.ts';
import type { Platform } from './platform.ts';
import { referenceFeature } from './reference/index.ts';
import { createResources } from './resources/index.ts';
import { version } from './version.ts';
import { createVocabularies } from './vocabularies/index.ts';

export interface RunningServer {
  /** What is printed once it is ready. */
  greeting: string;
  addresses: { application: string };
  /** Ends requests, jobs and engines in order; nothing acknowledged is lost. */
  stop(): Promise<void>;
}

/** Opens the engines, puts the features together and listens. */
export async function startServer(config: Config): Promise<RunningServer> {
  const log = openLog(config);
  await mkdir(config.DATA_DIR, { recursive: true });
  mongoose.set({ autoCreate: false, autoIndex: false }); // prepareDatabase makes them, under its lock
  const documents = await connectDocuments({
    url: config.MONGODB_URL,
    dataDir: join(config.DATA_DIR, 'documents'),
  });
  await prepareDatabase(mongoose.connection, log);
  const metrics = openMetrics(countJobs);
  const jobs = await openJobs(log, metrics.timeJob);
  const platform: Platform = {
    config,
    log,
    jobs,
    clock: () => new Date(),
    objects: await openObjects(config),
    search: await openEmbedded(join(config.DATA_DIR, 'search')),
  };
  const features: Feature[] = [createVocabularies(platform), createResources(platform), jobsFeature];
  features.push(createOperations(enginesOf(platform), metrics));
  features.push(referenceFeature(features.flatMap(endpointsOf), version));
  for (const feature of features) await feature.start?.();
  if (config.WORKERS) await jobs.start();
  const app = createApp({
    platform,
    features,
    timeRequests: metrics.timeRequests,
    authenticate: async () => visitor,
    contentOrigin: (req) => `http://${req.hostname}:${config.CONTENT_PORT}`,
  });
  const http = await listen(createServer(app), config.PORT, config.HOST);
  const application = config.PUBLIC_URL ?? `http://localhost:${portOf(http)}`;
  return {
    greeting: `Courseyard is ready: ${application}\n`,
    addresses: { application },
    async stop() {
      await close(http);
      await jobs.stop();
      await platform.search.close();
      await platform.objects.close();
      await documents.close();
    },
  };
}

function enginesOf({ config, objects, search }: Platform): Engine[] {
  return [
    {
      keeps: 'documents',
      name: config.MONGODB_URL ? 'mongodb' : 'embedded',
      check: async () => mongoose.connection.db?.command({ ping: 1 }),
    },
    { keeps: 'objects', name: objects.engine, check: () => objects.check() },
    { keeps: 'search', name: search.name, check: () => search.ping() },
  ];
}

function openObjects(config: Config): Promise<ObjectStore> {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY: accessKeyId, S3_SECRET_KEY: secretAccessKey } = config;
  if (!config.S3_ENDPOINT || !bucket || !accessKeyId || !secretAccessKey)
    return openFilesystemStore(join(config.DATA_DIR, 'objects'));
  return openS3Store({
    endpoint: config.S3_ENDPOINT,
    bucket,
    region: config.S3_REGION,
    accessKeyId,
    secretAccessKey,
    pathStyle: true,
  });
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Lets running requests end for two seconds, then cuts them off. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), 2_000);
  await closed;
  clearTimeout(cut);
}
