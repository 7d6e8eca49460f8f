import type { GroupRole, OrganisationRole } from '../../access/index.ts';
import { lastOrganisationAdmin } from '../problems.ts';

export interface MemberChange {
  roles?: OrganisationRole[] | undefined;
  groupRoles?: GroupRole[] | undefined;
  suspended?: boolean | undefined;
}

/**
 * That somebody who changes themselves does not leave their organisation without an administrator, and themselves
 * locked out.
 * @param able the administrators of the organisation who can sign in
 * @throws lastOrganisationAdmin
 */
export function assertOthersRemain(who: string, { roles, suspended }: MemberChange, able: readonly string[]) {
  const leaves = suspended === true || (roles !== undefined && !roles.includes('organisation-admin'));
  if (leaves && able.includes(who) && able.every((id) => id === who)) throw lastOrganisationAdmin({});
}
