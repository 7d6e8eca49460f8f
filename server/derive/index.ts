import type { Feature } from '../feature.ts';
import { type CompanyWork, findFilesOfJobsBy, type Work } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import { lookUpDerivativesBy, placesOf } from '../resources/index.ts';
import { atATime, Converters } from './converters.ts';
import { statesOf } from './lookup.ts';
import { make, makeTogether } from './make.ts';
import { REBUILD, type Rebuilding, rebuild } from './rebuild.ts';
import { isPicture, longestEncoding } from './recipes.ts';
import { routes } from './routes.ts';
import { catchUp, forgetRemoved, makeUp, wantForAll } from './upkeep.ts';
import { ENCODE, MAKE, RECOGNISE, SHRINK, type Wish } from './want.ts';

/** Pictures come by the hundred: these many share the commands that a job costs, and nobody else waits long for them. */
const atOnce = 10;
const second = 1000;
const minute = 60 * second;
/** How long others wait for those that are done together, in milliseconds. */
const patience = 1.5 * second;

/** What is made of uploaded files: thumbnails, text, length of media, reports on models. */
export function createDerive(platform: Platform): Feature {
  const converters = new Converters();
  return {
    name: 'derive',
    routes: routes(platform),
    start: async () => {
      lookUpDerivativesBy(statesOf);
      findFilesOfJobsBy(placesOf);
      const { jobs } = platform;
      const timeout = 40 * minute; // what takes longest, twice
      const isSmall = ({ mediaType, recipes }: Wish) => isPicture(mediaType) && !recipes.includes('tiles');
      const follow = (longest: number) => (wishes: readonly Wish[], work: CompanyWork) =>
        makeTogether(platform, converters, wishes, work, longest);
      jobs.defineTogether<Wish>(MAKE, { concurrency: atATime, timeout, atOnce, isSmall }, follow(patience));
      jobs.defineTogether<Wish>(SHRINK, { concurrency: 1, timeout, atOnce, isSmall }, follow(minute));
      const alone = (wish: Wish, work: Work) => make(platform, converters, wish, work);
      jobs.define<Wish>(RECOGNISE, { concurrency: 1, timeout }, alone);
      jobs.define<Wish>(ENCODE, { concurrency: 1, timeout: 2 * longestEncoding + minute }, alone);
      jobs.define<Rebuilding>(REBUILD, { timeout: 60 * minute }, (asked, work) =>
        rebuild(platform, asked, work),
      );
      jobs.define('derive/sweep', { timeout: 60 * minute }, async () => {
        await wantForAll(platform);
        await catchUp(platform);
        await makeUp(platform);
        await forgetRemoved(platform);
      });
      await jobs.every('1 hour', 'derive/sweep');
    },
    stop: async () => converters.stop(),
  };
}

export { askForEncoding, encodingOf, hasAsked, stopEncoding } from './encoding.ts';
export { derivativesOf, outputOf, readOutput, textOf } from './lookup.ts';
export type { Derivative } from './model.ts';
export { reasonIn } from './reasons.ts';
export { wantDerivatives } from './want.ts';
