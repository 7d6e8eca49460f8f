export { actionsOn, can, canSome } from './ability.ts';
export { audienceKeysOf, isForAllOf, keysForAudience } from './audience.ts';
export { Audience, groupRoles, organisationRoles, scopes } from './contract.ts';
export { assertCan, filterFor, findFor, readFor } from './find.ts';
export {
  type GroupRole,
  isSystem,
  isVisitor,
  type Member,
  type OrganisationRole,
  type Role,
  systemMember,
  visitor,
} from './member.ts';
export { notFound } from './problems.ts';
export { type Action, actions, type Subject, subjects } from './table.ts';
