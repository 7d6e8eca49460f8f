import { handle, type Route } from '../../http/index.ts';
import type { Authentication } from '../authenticate.ts';
import { forgetLabels, groupName, organisationName, personNames } from '../directory.ts';
import { organisationRolesIn } from '../people/roles.ts';
import * as contract from './contract.ts';
import type { StoredInvitation } from './model.ts';
import * as service from './service.ts';

const present = (invitation: StoredInvitation & { _id: unknown }) => ({
  id: String(invitation._id),
  email: invitation.email,
  roles: organisationRolesIn(invitation.roles),
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
});

export const invitationRoutes = ({ forget }: Authentication, clock: () => Date): Route[] => [
  handle(contract.listInvitations, async ({ member, params, query }) => {
    const { items, ...page } = await service.listInvitations(member, params.id, { ...query, now: clock() });
    return { items: items.map(present), ...page };
  }),
  handle(contract.invite, async ({ member, params, body }) => {
    const { stored, link } = await service.invite(member, params.id, { ...body, now: clock() });
    return { invitation: present(stored), link };
  }),
  handle(contract.cancelInvitation, ({ member, params }) =>
    service.cancelInvitation(member, params.id, params.invitationId),
  ),
  handle(contract.openInvitation, async ({ params }) => {
    const { organizationId, email, person, expiresAt } = await service.openInvitation(params.token, clock());
    const names = await personNames(person ? [String(person)] : []);
    return {
      group: await groupName(),
      organisation: await organisationName(String(organizationId)),
      email,
      name: names.get(String(person)) ?? '',
      isMember: person !== null,
      expiresAt,
    };
  }),
  handle(contract.acceptInvitation, async ({ params, body }) => {
    const accepted = await service.acceptInvitation(params.token, { ...body, now: clock() });
    forget();
    forgetLabels();
    return accepted;
  }),
];
