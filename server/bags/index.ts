import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { routes } from './routes.ts';

/** BagIt (RFC 8493): versions and collections to take elsewhere or to keep, and back in. */
export const createBags = (platform: Platform): Feature => ({ name: 'bags', routes: routes(platform) });
