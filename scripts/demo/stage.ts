import type { Caller } from '../instance/caller.ts';
import type { Person } from './content.ts';
import type { Ledger } from './ledger.ts';

/** What the parts of the demo work with. */
export interface Stage {
  ledger: Ledger;
  operator: Caller;
  /** Signs a person of the data files in, once. */
  as(person: Pick<Person, 'key'>): Promise<Caller>;
  /** Does a thing that has not been done on this instance, and remembers it. */
  once(key: string, work: () => Promise<unknown>): Promise<void>;
  save(): Promise<void>;
  say(line: string): void;
}
