import type { scopes } from '../../server/access/contract.ts';
import type { kinds, levels, licences, states } from '../../server/resources/contract.ts';

/** Closed lists of the contracts, by name, for components that draw them. */
export type Kind = (typeof kinds)[number];
export type Level = (typeof levels)[number];
export type State = (typeof states)[number];
export type Licence = (typeof licences)[number];
export type Scope = (typeof scopes)[number];
