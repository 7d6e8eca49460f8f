import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectDocuments } from '../storage/documents/connect.ts';
import { openFilesystemStore } from '../storage/objects/filesystem.ts';
import { openS3Store } from '../storage/objects/s3.ts';
import type { ObjectStore } from '../storage/objects/store.ts';
import { openEmbedded } from '../storage/search/embedded.ts';
import { createApp } from './app.ts';
import { createCollections } from './collections/index.ts';
import type { Config } from './config.ts';
import type { Feature } from './feature.ts';
import { openLog } from './http/index.ts';
import { jobsFeature, openJobs } from './jobs/index.ts';
import { createMembers } from './members/index.ts';
import type { Platform } from './platform.ts';
import { createResources } from './resources/index.ts';
import { createReviews } from './reviews/index.ts';
import { createUsage } from './usage/index.ts';
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
  const documents = await connectDocuments({
    url: config.MONGODB_URL,
    dataDir: join(config.DATA_DIR, 'documents'),
  });
  const jobs = await openJobs(log);
  const platform: Platform = {
    config,
    log,
    jobs,
    clock: () => new Date(),
    objects: await openObjects(config),
    search: await openEmbedded(join(config.DATA_DIR, 'search')),
  };
  const members = createMembers(platform);
  const features: Feature[] = [
    members,
    createVocabularies(platform),
    createUsage(platform), // before the rooms whose uses it notes
    createResources(platform),
    createReviews(platform),
    createCollections(platform),
    jobsFeature,
  ];
  for (const feature of features) await feature.start?.();
  if (config.WORKERS) await jobs.start();
  const app = createApp({
    platform,
    features,
    authenticate: members.authenticate,
    contentOrigin: (req) => `http://${req.hostname}:${config.CONTENT_PORT}`,
  });
  const http = await listen(createServer(app), config.PORT, config.HOST);
  const application = config.PUBLIC_URL ?? `http://localhost:${portOf(http)}`;
  const setUp = await members.setUpPath();
  return {
    greeting: `Courseyard is ready: ${application}\n${setUp ? `Set up the administrator: ${application}${setUp}\n` : ''}`,
    addresses: { application },
    async stop() {
      await close(http);
      await jobs.stop();
      for (const feature of features) await feature.stop?.();
      await platform.search.close();
      await platform.objects.close();
      await documents.close();
    },
  };
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
