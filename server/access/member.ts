import type { groupRoles, organisationRoles } from './contract.ts';

export type OrganisationRole = (typeof organisationRoles)[number];
export type GroupRole = (typeof groupRoles)[number];
/** Who asks: a role, a visitor who has not signed in, or the product itself (jobs, scripts). */
export type Role = OrganisationRole | GroupRole | 'visitor' | 'system';

/** Who acts. First argument of every service function. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** Identifier of the organisation; empty for a visitor and for the system. */
  readonly organisation: string;
  readonly roles: readonly Role[];
}

/** Somebody who has not signed in. */
export const visitor: Member = { id: '', name: '', organisation: '', roles: ['visitor'] };

/** A job or script that acts in its own name, with abilities of its own, never through a way round. */
export function systemMember(name: string): Member {
  return { id: `${ofSystem}${name}`, name, organisation: '', roles: ['system'] };
}
const ofSystem = 'system:';

/** Whether who acted was the product itself, by the identifier. */
export const isSystem = ({ id }: Pick<Member, 'id'>): boolean => id.startsWith(ofSystem);

export const isVisitor = (member: Member): boolean => member.roles.includes('visitor');
