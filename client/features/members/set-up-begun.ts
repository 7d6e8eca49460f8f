import { keep, kept } from '../../api/kept.ts';
import type { Organisation } from './organisations/queries.ts';

export interface SetUpValues {
  groupName: string;
  organisationName: string;
  organisationKind: Organisation['kind'];
  name: string;
  email: string;
  password: string;
}

/** How far the set-up has come in this tab of the browser, through reloads; the password is never kept. */
interface Begun {
  readonly step: number;
  readonly values: Partial<Omit<SetUpValues, 'password'>>;
}

const key = 'set-up';

export const begun = (): Begun => kept<Begun>(key, { step: 0, values: {} }, sessionStorage);

export const keepBegun = (more: Partial<Begun>): void => keep(key, { ...begun(), ...more }, sessionStorage);

/** Once it is done. */
export const forgetBegun = (): void => keep(key, undefined, sessionStorage);
