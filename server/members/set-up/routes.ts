import { handle, type Route } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import { forgetLabels } from '../directory.ts';
import * as contract from './contract.ts';
import { isSetUpOpen, setUp } from './service.ts';

export const setUpRoutes = ({ config, clock }: Platform): Route[] => [
  handle(contract.getSetUp, async () => ({ open: await isSetUpOpen() })),
  handle(contract.setUp, async ({ body }) => {
    await setUp(config, body, clock());
    forgetLabels();
  }),
];
