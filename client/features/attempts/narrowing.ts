import { resultOrders, resultStates } from '../../../server/attempts/contract.ts';
import type { Narrowing } from './queries.ts';

/** Under which name the address has what is typed: `q` is what the search box at the top shows. */
export const typedName = 'name';

/** What the address asks for; what it asks for in words that nobody knows is left out. */
export function narrowingIn(params: URLSearchParams): Narrowing {
  const organisation = params.get('organisation') ?? '';
  return {
    q: (params.get(typedName) ?? '').trim().slice(0, 80) || undefined,
    state: resultStates.find((known) => known === params.get('state')),
    organisation: /^[0-9a-f]{24}$/.test(organisation) ? organisation : undefined,
    sort: resultOrders.find((known) => known === params.get('sort')) ?? 'latest',
  };
}

export const isNarrowed = ({ q, state, organisation }: Narrowing): boolean =>
  q !== undefined || state !== undefined || organisation !== undefined;

/** Everybody again. */
export const everybody = { [typedName]: '', state: '', organisation: '' } as const;
