import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import { Problem } from '../../http/index.ts';
import { isDuplicate } from '../duplicate.ts';
import { GroupModel, type StoredGroup } from '../group/model.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { described } from '../organisations/service.ts';
import { passwordFault } from '../password.ts';
import { namesOf } from '../people/add.ts';
import { MembershipModel, PersonModel } from '../people/model.ts';
import { takeOver } from './service.ts';

/** Where the first administrator's mail goes until they say: nowhere (RFC 2606, section 2). */
const nobody = 'administrator@courseyard.invalid';
const firstName = '集团管理员';

/**
 * The first start: the group, its first organisation and an administrator who cannot sign in until the set-up has
 * given them a password, here or through ADMIN_EMAIL and ADMIN_PASSWORD. Later starts change nothing.
 */
export async function startFirst(config: Config, log: Logger, now: Date): Promise<void> {
  const group = await groupOf(config.GROUP_NAME);
  if (group.setUpAt) return;
  await ensureFirstOrganisation(group);
  await ensureAdministrator(group);
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = config;
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) return;
  const email = ADMIN_EMAIL.toLowerCase();
  if (passwordFault(ADMIN_PASSWORD, { email, name: firstName }))
    log.warn('ADMIN_PASSWORD is one of the first that are guessed: change it after the first sign-in');
  const kept = {
    groupName: group.name,
    organisationName: group.name,
    organisationKind: 'association' as const, // it is called as the group is
    name: firstName,
  };
  try {
    await takeOver({ ...kept, email, password: ADMIN_PASSWORD }, now);
  } catch (error) {
    // Another process of the same first start was quicker, with the same settings.
    if (!(error instanceof Problem && error.type === 'members/set-up-closed')) throw error;
  }
}

/** The group, made when there is none; two processes that start for the first time get the same one. */
async function groupOf(name: string): Promise<StoredGroup> {
  const known = await GroupModel.findById('group').lean();
  if (known) return known;
  try {
    return (await GroupModel.create({ _id: 'group', name })).toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return GroupModel.findById('group').orFail().lean();
  }
}

async function ensureFirstOrganisation({ organisation, name }: StoredGroup): Promise<void> {
  if (await OrganisationModel.exists({ _id: organisation })) return;
  const first = described({ name, kind: 'association', shortName: '', region: '' });
  await unlessThere(() => OrganisationModel.create({ _id: organisation, ...first }));
}

async function ensureAdministrator({ administrator, organisation }: StoredGroup): Promise<void> {
  if (!(await MembershipModel.exists({ userId: administrator })))
    await unlessThere(() =>
      MembershipModel.create({
        userId: administrator,
        organizationId: organisation,
        roles: 'organisation-admin',
      }),
    );
  if (!(await PersonModel.exists({ _id: administrator })))
    await unlessThere(() =>
      PersonModel.create({
        _id: administrator,
        name: firstName,
        email: nobody,
        groupRoles: 'group-admin',
        ...namesOf(firstName, nobody),
      }),
    );
}

/** Of two processes that start for the first time, one stores it and the other finds it. */
async function unlessThere(store: () => Promise<unknown>): Promise<void> {
  try {
    await store();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
