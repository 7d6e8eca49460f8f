import type { Request, RequestHandler } from 'express';
import { packageAddress } from '../content/index.ts';
import type { Feature } from '../feature.ts';
import { type ContentOrigin, handle } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import * as contract from './contract.ts';
import { courseFor } from './course.ts';
import { launch } from './launch.ts';
import { recordStore } from './lrs/record-store.ts';

/** Courses of cmi5: what they consist of, and launching their units. */
export const createCmi5 = (platform: Platform, contentOrigin: ContentOrigin): Feature => ({
  name: 'cmi5',
  routes: [
    handle(contract.getCourse, async ({ member, params, language }) =>
      courseFor(platform, member, params, language),
    ),
    handle(contract.launchUnit, async ({ member, params, body, language, req }) => {
      const content = contentOrigin(req);
      return launch(platform, member, { place: params, ...body, language }, (sha256) => ({
        homePage: homePageOf(platform, req),
        play: content + packageAddress(platform, sha256),
        records: `${content}/lrs/`,
      }));
    }),
  ],
});

export { unitTitles } from './course.ts';

/** The record store that launched units speak to; mounted at `/lrs` of the content origin. */
export const createRecordStore = (platform: Platform): RequestHandler => recordStore(platform);

const homePageOf = ({ config }: Platform, req: Request) =>
  config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : `${req.protocol}://${req.get('host')}`;
