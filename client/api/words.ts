import type { kinds, licences } from '../../server/resources/contract.ts';

/** Closed lists of the contracts, by name, for components that draw them. */
export type Kind = (typeof kinds)[number];
export type Licence = (typeof licences)[number];
