import { handle, type Route } from '../http/index.ts';
import * as contract from './contract.ts';
import { askForRebuild, countsOf } from './rebuild.ts';
import type { Queue } from './want.ts';

export const routes = (platform: Queue): Route[] => [
  handle(contract.countDerivatives, ({ member }) => countsOf(member)),
  handle(contract.rebuildDerivatives, async ({ member, body }) => {
    await askForRebuild(platform, member, body.recipe);
    return countsOf(member);
  }),
];
