import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { routes } from './routes.ts';

/** Collections, which curators build, and shelves, which every member keeps. */
export const createCollections = (platform: Platform): Feature => ({
  name: 'collections',
  routes: routes(platform),
});

export { type GivenSet, type MadeSet, makeSet, setFor } from './given.ts';
