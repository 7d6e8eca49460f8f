import { type GroupRole, groupRoles, type OrganisationRole, organisationRoles } from '../../access/index.ts';

/** better-auth stores the roles of somebody as one text, with commas between. */
export const rolesAsText = (roles: readonly string[]): string => [...new Set(roles)].join(',');

const rolesIn = <R extends string>(text: string | null | undefined, known: readonly R[]): R[] =>
  known.filter((role) => (text ?? '').split(',').includes(role));

/** Roles in an organisation, in the order of the table. */
export const organisationRolesIn = (text: string | null | undefined): OrganisationRole[] =>
  rolesIn(text, organisationRoles);

/** Roles in the group. */
export const groupRolesIn = (text: string | null | undefined): GroupRole[] => rolesIn(text, groupRoles);

/** What the roles are called in Chinese, the usual word first. */
const words: Record<OrganisationRole, readonly [string, ...string[]]> = {
  teacher: ['教师'],
  author: ['作者'],
  reviewer: ['审核人', '审核员'],
  'organisation-admin': ['单位管理员', '管理员'],
};

/** What a role is called in Chinese. */
export const roleName = (role: OrganisationRole): string => words[role][0];

/** Reads a cell such as `teacher;author` or `教师、作者`; what is no role is handed back as `unknown`. */
export function readRoles(cell: string): { roles: OrganisationRole[]; unknown: string[] } {
  const roles = new Set<OrganisationRole>();
  const unknown: string[] = [];
  for (const word of cell.split(/[;；,，、|/]/).map((part) => part.trim())) {
    if (word === '') continue;
    const role = organisationRoles.find((r) => r === word.toLowerCase() || words[r].includes(word));
    if (role) roles.add(role);
    else unknown.push(word);
  }
  return { roles: organisationRoles.filter((role) => roles.has(role)), unknown };
}
