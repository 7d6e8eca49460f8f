import { assertCan, filterFor, findFor, type Member } from '../../access/index.ts';
import { assertRevision, pageFrom } from '../../http/index.ts';
import type { Platform } from '../../platform.ts';
import { forgetLabels, remembered } from '../directory.ts';
import { isDuplicate } from '../duplicate.ts';
import { afterName, keywordsOf, sortNameOf, typedFilter } from '../naming.ts';
import { keepingAGroupAdmin } from '../people/group-admins.ts';
import { organisationExists } from '../problems.ts';
import { type OrganisationDocument, OrganisationModel, type StoredOrganisation } from './model.ts';
import { ORGANISATION_RENAMED, type OrganisationRenamed } from './renamed.ts';

export type OrganisationDescription = Pick<StoredOrganisation, 'name' | 'kind' | 'shortName' | 'region'>;

interface Wanted {
  limit: number;
  cursor?: string | undefined;
  /** What somebody types: part of the name, its pinyin or its initials. */
  q?: string | undefined;
  kind?: StoredOrganisation['kind'] | undefined;
}

/** Organisations by name. @throws badCursor */
export async function listOrganisations(member: Member, { limit, cursor, q, kind }: Wanted) {
  const found = await OrganisationModel.find({
    $and: [
      filterFor<StoredOrganisation>(member, 'read', 'organisation'),
      typedFilter(q),
      afterName(cursor),
      kind ? { kind } : {},
    ],
  })
    .sort({ sortName: 1, _id: 1 })
    .limit(limit + 1);
  return pageFrom(found, limit, (last) => [last.sortName, last.id]);
}

/** @throws forbidden, organisationExists */
export async function createOrganisation(
  member: Member,
  description: OrganisationDescription,
): Promise<OrganisationDocument> {
  assertCan(member, 'create', 'organisation');
  const organisation = new OrganisationModel(described(description));
  await nameKept(organisation);
  return organisation;
}

/**
 * Describes an organisation; with `suspended`, takes all its members out, or lets them in again.
 * @throws notFound, forbidden, changedMeanwhile, organisationExists, lastGroupAdmin
 */
export async function editOrganisation(
  { jobs }: Pick<Platform, 'jobs'>,
  member: Member,
  id: string,
  change: Partial<OrganisationDescription & { suspended: boolean }>,
  ifMatch?: number,
): Promise<OrganisationDocument> {
  const organisation = await findFor(member, 'edit', 'organisation', OrganisationModel, id);
  const { suspended, ...description } = change;
  if (suspended !== undefined) assertCan(member, 'suspend', 'organisation', organisation);
  assertRevision(organisation, ifMatch);
  organisation.set(described({ ...organisation.toObject(), ...description }));
  const isRenamed = organisation.isModified('name');
  const suspends = suspended === true && !organisation.suspended;
  if (suspended !== undefined) organisation.suspended = suspended;
  if (suspends)
    await keepingAGroupAdmin(
      { organisation: organisation._id },
      () => nameKept(organisation),
      () => OrganisationModel.updateOne({ _id: id }, { $set: { suspended: false } }),
    );
  else await nameKept(organisation);
  // Once nobody remembers what it was called.
  if (isRenamed)
    await jobs.enqueue<OrganisationRenamed>(
      ORGANISATION_RENAMED,
      { organisation: id },
      { delay: remembered },
    );
  return organisation;
}

/** What is stored of a description: with what sorts and finds it. */
export function described({ name, kind, shortName, region }: OrganisationDescription) {
  return { name, kind, shortName, region, sortName: sortNameOf(name), keywords: keywordsOf(name, shortName) };
}

/** @throws organisationExists, or a VersionError when somebody saved in between */
async function nameKept(organisation: OrganisationDocument): Promise<void> {
  try {
    await organisation.save();
  } catch (error) {
    if (isDuplicate(error)) throw organisationExists({ name: organisation.name });
    throw error;
  }
  forgetLabels();
}
