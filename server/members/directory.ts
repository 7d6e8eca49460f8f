import type { Audience, Member } from '../access/index.ts';
import { Id } from '../http/contract.ts';
import { ShortMemory } from '../short-memory.ts';
import { GroupModel } from './group/model.ts';
import { isCalled, typedFilter } from './naming.ts';
import { OrganisationModel, type StoredOrganisation } from './organisations/model.ts';
import { MembershipModel, PersonModel } from './people/model.ts';
import { groupRolesIn, organisationRolesIn } from './people/roles.ts';
import { unknownMembers, unknownOrganisations } from './problems.ts';

/** What labels need of an organisation. */
export type OrganisationLabel = Pick<StoredOrganisation, 'name' | 'shortName' | 'kind' | 'region'> & {
  id: string;
};

const seconds = (n: number) => ({ milliseconds: n * 1000, most: 10_000 });
/** In milliseconds, of what organisations are called. */
export const remembered = 5_000;
const organisationMemory = new ShortMemory<Map<string, OrganisationLabel>>({
  milliseconds: remembered,
  most: 10_000,
  steady: true,
});
const nameMemory = new ShortMemory<string | undefined>(seconds(30));
const groupMemory = new ShortMemory<string>(seconds(5));

/** Forgets labels in this process, so that who changed one sees it at once. */
export function forgetLabels(): void {
  organisationMemory.clear();
  nameMemory.clear();
  groupMemory.clear();
}

/** All organisations by identifier, at most 5 s old; the same map while they are the same. A group has hundreds of them at most. */
export function allOrganisations(): Promise<ReadonlyMap<string, OrganisationLabel>> {
  return organisationMemory.get('', async () => {
    const found = await OrganisationModel.find({}, 'name shortName kind region').lean();
    return new Map(
      found.map(({ _id, name, shortName, kind, region }) => [
        String(_id),
        { id: String(_id), name, shortName, kind, region },
      ]),
    );
  });
}

/** Labels of these organisations; those that do not exist are missing. */
export async function organisations(ids: Iterable<string>): Promise<Map<string, OrganisationLabel>> {
  const all = await allOrganisations();
  const found = [...new Set(ids)].map((id) => all.get(id)).filter((label) => label !== undefined);
  return new Map(found.map((label) => [label.id, label]));
}

/** That what is to be seen by named organisations names such as exist. @throws unknownOrganisations */
export async function checkAudience({ scope, organisations = [] }: Audience): Promise<void> {
  if (scope !== 'organisations') return;
  const found = await OrganisationModel.find({ _id: { $in: organisations } }, '_id').lean();
  const known = new Set(found.map(({ _id }) => String(_id)));
  const ids = organisations.filter((id) => !known.has(id));
  const at = ids.map((id) => `audience.organisations.${organisations.indexOf(id)}`);
  if (ids.length > 0) throw unknownOrganisations({ ids, at });
}

/** Name of an organisation, empty when there is none such. */
export async function organisationName(id: string): Promise<string> {
  return (await allOrganisations()).get(id)?.name ?? '';
}

/** Names of people by identifier, at most 30 s old; those that do not exist are missing. */
export async function personNames(ids: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => Id.safeParse(id).success);
  const names = await Promise.all(
    wanted.map((id) => nameMemory.get(id, async () => (await PersonModel.findById(id, 'name').lean())?.name)),
  );
  return new Map(wanted.flatMap((id, i) => (names[i] === undefined ? [] : [[id, names[i]] as const])));
}

/** A member as others get to see one. */
export interface Colleague {
  id: string;
  name: string;
  organisation: { id: string; name: string };
}

/** People by identifier with the organisation that they are in; those that do not exist are missing. */
export async function colleaguesById(ids: Iterable<string>): Promise<Map<string, Colleague>> {
  const names = await personNames(ids);
  const [memberships, all] = await Promise.all([
    MembershipModel.find({ userId: { $in: [...names.keys()] } }, 'userId organizationId').lean(),
    allOrganisations(),
  ]);
  const organisationOf = new Map(memberships.map((one) => [String(one.userId), String(one.organizationId)]));
  return new Map(
    [...names].map(([id, name]) => {
      const organisation = organisationOf.get(id) ?? '';
      return [id, { id, name, organisation: { id: organisation, name: all.get(organisation)?.name ?? '' } }];
    }),
  );
}

/** A person, and what a list by name goes by. */
export interface NamedPerson {
  id: string;
  sortName: string;
}

/**
 * Those among people who are called as somebody types (part of a name, its pinyin or initials) and are in an
 * organisation. What else finds a member, their e-mail address, finds nobody here.
 */
export async function peopleByName(
  ids: readonly string[],
  { q, organisation }: { q?: string | undefined; organisation?: string | undefined },
): Promise<NamedPerson[]> {
  const among = ids.filter((id) => Id.safeParse(id).success);
  const inside = organisation && (await MembershipModel.distinct('userId', { organizationId: organisation }));
  const found = await PersonModel.find(
    { $and: [{ _id: { $in: among } }, ...(inside ? [{ _id: { $in: inside } }] : []), typedFilter(q)] },
    'name sortName',
  ).lean();
  return found
    .filter(({ name }) => isCalled(name, q))
    .map(({ _id, sortName }) => ({ id: String(_id), sortName }));
}

/** The organisations that people are in, by name. */
export async function organisationsOf(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const among = ids.filter((id) => Id.safeParse(id).success);
  const found = await MembershipModel.distinct('organizationId', { userId: { $in: among } });
  return [...(await organisations(found.map(String))).values()]
    .map(({ id, name }) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'zh-CN'));
}

/** Name of the group. */
export function groupName(): Promise<string> {
  return groupMemory.get('', async () => (await GroupModel.findById('group', 'name').lean())?.name ?? '');
}

/** The member that a person is now; undefined when they or their organisation are suspended, or do not exist. */
export async function memberOf(personId: string): Promise<Member | undefined> {
  const [person, membership] = await Promise.all([
    PersonModel.findById(personId, 'name suspended groupRoles').lean(),
    MembershipModel.findOne({ userId: personId }, 'organizationId roles').lean(),
  ]);
  if (!person || person.suspended || !membership) return undefined;
  const organisation = await OrganisationModel.findById(membership.organizationId, 'suspended').lean();
  if (!organisation || organisation.suspended) return undefined;
  return Object.freeze({
    id: String(person._id),
    name: person.name,
    organisation: String(membership.organizationId),
    roles: Object.freeze([...organisationRolesIn(membership.roles), ...groupRolesIn(person.groupRoles)]),
  });
}

/**
 * That people who are given a part exist and are not suspended; those who have it already may keep it.
 * @throws unknownMembers that names the places of the others in the field
 */
export async function checkMembers(
  people: readonly string[],
  { field, already }: { field: string; already: readonly string[] },
): Promise<void> {
  const found = await Promise.all(people.map((id) => already.includes(id) || memberOf(id)));
  const missing = [...people.keys()].filter((place) => !found[place]);
  const ids = missing.flatMap((place) => people[place] ?? []);
  if (ids.length > 0) throw unknownMembers({ ids, at: missing.map((place) => `${field}.${place}`) });
}
