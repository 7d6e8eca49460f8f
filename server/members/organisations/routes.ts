import { actionsOn, findFor, type Member } from '../../access/index.ts';
import { handle, type Route } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import { spellingsOf } from '../../spelling.ts';
import type { Authentication } from '../authenticate.ts';
import * as contract from './contract.ts';
import { type OrganisationDocument, OrganisationModel } from './model.ts';
import * as service from './service.ts';

const present = (member: Member, organisation: OrganisationDocument) => ({
  ...organisation.toObject(),
  spellings: [organisation.name, organisation.shortName].flatMap(spellingsOf),
  id: organisation.id,
  can: actionsOn(member, 'organisation', organisation, ['edit', 'suspend']),
});

export const organisationRoutes = ({ forget }: Authentication, platform: Platform): Route[] => [
  handle(contract.listOrganisations, async ({ member, query }) => {
    const { items, ...page } = await service.listOrganisations(member, query);
    return { items: items.map((organisation) => present(member, organisation)), ...page };
  }),
  handle(contract.createOrganisation, async ({ member, body }) =>
    present(member, await service.createOrganisation(member, body)),
  ),
  handle(contract.getOrganisation, async ({ member, params }) =>
    present(member, await findFor(member, 'read', 'organisation', OrganisationModel, params.id)),
  ),
  handle(contract.editOrganisation, async ({ member, params, body, ifMatch }) => {
    const edited = await service.editOrganisation(platform, member, params.id, body, ifMatch);
    forget();
    return present(member, edited);
  }),
];
