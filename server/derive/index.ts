import type { Feature } from '../feature.ts';
import type { Work } from '../jobs/index.ts';
import type { Platform } from '../platform.ts';
import { lookUpDerivativesBy } from '../resources/index.ts';
import { Converters } from './converters.ts';
import { statesOf } from './lookup.ts';
import { make } from './make.ts';
import { catchUp, forgetRemoved, wantForAll } from './upkeep.ts';
import { MAKE, RECOGNISE, SHRINK, type Wish } from './want.ts';

const atATime = 2;
const minute = 60_000;

/** What is made of uploaded files: thumbnails, text, length of media, reports on models. */
export function createDerive(platform: Platform): Feature {
  const converters = new Converters();
  return {
    name: 'derive',
    routes: [],
    start: async () => {
      lookUpDerivativesBy(statesOf);
      const { jobs } = platform;
      const follow = (wish: Wish, work: Work) => make(platform, converters, wish, work);
      jobs.define<Wish>(MAKE, { concurrency: atATime, timeout: 20 * minute }, follow);
      jobs.define<Wish>(RECOGNISE, { concurrency: 1, timeout: 20 * minute }, follow);
      jobs.define<Wish>(SHRINK, { concurrency: 1, timeout: 20 * minute }, follow);
      jobs.define('derive/sweep', { timeout: 60 * minute }, async () => {
        await wantForAll(platform);
        await catchUp(platform);
        await forgetRemoved(platform);
      });
      await jobs.every('1 hour', 'derive/sweep');
    },
    stop: async () => converters.stop(),
  };
}

export { derivativesOf, outputOf, readOutput, textOf } from './lookup.ts';
export type { Derivative } from './model.ts';
export { reasonWords } from './reasons.ts';
export { wantDerivatives } from './want.ts';
