import type { Request } from 'express';
import mongoose from 'mongoose';
import { createApp } from './app.ts';
import { createAttempts } from './attempts/index.ts';
import { createBackups } from './backups/index.ts';
import { createBags } from './bags/index.ts';
import { createCmi5, createRecordStore, unitTitles } from './cmi5/index.ts';
import { createCollections } from './collections/index.ts';
import type { Config } from './config.ts';
import { createContent, createContentServer, embedDiscovery } from './content/index.ts';
import { createDerive } from './derive/index.ts';
import { createDownloads } from './downloads/index.ts';
import type { Engines } from './engines.ts';
import { endpointsOf, type Feature } from './feature.ts';
import { openLog } from './http/index.ts';
import { countJobs, jobsFeature, openJobs } from './jobs/index.ts';
import { listen } from './listen.ts';
import { createMembers } from './members/index.ts';
import { prepareDatabase } from './migrations/index.ts';
import { createOperations, openMetrics } from './operations/index.ts';
import { createOperatorDoor } from './operator/index.ts';
import type { Platform } from './platform.ts';
import { referenceFeature } from './reference/index.ts';
import { createResources } from './resources/index.ts';
import { createReviews } from './reviews/index.ts';
import { createSearch } from './search/index.ts';
import { createUploads } from './uploads/index.ts';
import { createUsage } from './usage/index.ts';
import { version } from './version.ts';
import { createVocabularies } from './vocabularies/index.ts';

export interface RunningServer {
  /** What is printed once it is ready. */
  greeting: string;
  addresses: { application: string; content: string };
  /** Ends requests, jobs and engines in order; nothing acknowledged is lost. */
  stop(): Promise<void>;
}

/** Puts the features together on open engines, which it closes at the end, and listens. */
export async function startServer(config: Config, engines: Engines): Promise<RunningServer> {
  const log = openLog(config);
  await prepareDatabase(mongoose.connection, log);
  const metrics = openMetrics(countJobs);
  const jobs = await openJobs(log, metrics.timeJob);
  const platform: Platform = { config, log, jobs, clock: () => new Date(), ...engines };
  let applicationPort = config.PORT;
  const applicationOrigin = (req: Request) =>
    config.PUBLIC_URL
      ? new URL(config.PUBLIC_URL).origin
      : `${req.protocol}://${req.hostname}:${applicationPort}`;
  const content = await listen(
    createContentServer(platform, applicationOrigin, createRecordStore(platform)),
    config.CONTENT_PORT,
    config.HOST,
  );
  const contentOrigin = (req: Request) =>
    config.CONTENT_URL ?? `${req.protocol}://${req.hostname}:${content.port}`;
  const members = createMembers(platform);
  const features: Feature[] = [
    members,
    createVocabularies(platform),
    createUsage(platform), // before the rooms whose uses it notes
    createResources(platform),
    createUploads(platform),
    createDerive(platform),
    createDownloads(platform),
    createBags(platform),
    createContent(platform, contentOrigin),
    createAttempts(platform, unitTitles),
    createCmi5(platform, contentOrigin),
    createReviews(platform),
    createCollections(platform),
    createSearch(platform),
    createBackups(config, engines.copyDocuments),
    jobsFeature,
    createOperations(config, engines.checks, metrics),
  ];
  features.push(
    referenceFeature(features.flatMap(endpointsOf), { version, sessionCookie: members.sessionCookie }),
  );
  for (const feature of features) await feature.start?.();
  if (config.WORKERS) await jobs.start();

  const operator = createOperatorDoor(config.DATA_DIR, members.authenticate);
  const app = createApp({
    platform,
    features,
    timeRequests: metrics.timeRequests,
    authenticate: operator.authenticate,
    contentOrigin,
    headOf: (req) => embedDiscovery(req.path, applicationOrigin(req)),
  });
  const pages = await listen(app, config.PORT, config.HOST);
  applicationPort = pages.port;
  await operator.open(`http://${config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST}:${pages.port}`);
  const application = config.PUBLIC_URL ?? `http://localhost:${pages.port}`;
  return {
    greeting: greeting(application, await members.setUpPath()),
    addresses: { application, content: config.CONTENT_URL ?? `http://localhost:${content.port}` },
    async stop() {
      await operator.close();
      await pages.close();
      await content.close();
      await jobs.stop();
      for (const feature of features) await feature.stop?.();
      await engines.close();
    },
  };
}

function greeting(application: string, setUpPath: string | undefined): string {
  const lines = [`Courseyard ${version} is ready: ${application}`];
  if (setUpPath) lines.push(`Give the administrator a password first: ${application}${setUpPath}`);
  return `${lines.join('\n')}\n`;
}
