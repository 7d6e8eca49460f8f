import { createHash, timingSafeEqual } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { type Config, ConfigError } from '../../config.ts';
import { Problem } from '../../http/index.ts';
import { secretFor } from '../../secret.ts';
import { isDuplicate } from '../duplicate.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { described } from '../organisations/service.ts';
import { assertPassword, passwordFault } from '../password.ts';
import { namesOf, setPassword } from '../people/add.ts';
import { MembershipModel, PersonModel } from '../people/model.ts';
import { emailTaken, organisationExists, setUpClosed, setUpTokenWrong } from '../problems.ts';
import { GroupModel, type StoredGroup } from './model.ts';

/** Where the first administrator's mail goes until they say: nowhere (RFC 2606, section 2). */
const nobody = 'administrator@courseyard.invalid';
const firstName = '集团管理员';
const claimLasts = 60_000;

export interface FirstSettings {
  groupName: string;
  organisationName: string;
  name: string;
  email: string;
  password: string;
}

/** Whether the first administrator is still to be set up. Once it is not, it never is again. */
export async function isSetUpOpen(): Promise<boolean> {
  return (await GroupModel.exists({ _id: 'group', setUpAt: null })) !== null;
}

/**
 * What must be known to set up: it stands in the address that is printed at start. Made from the secret, so that all
 * processes print the same one and nothing is stored. There is no way round for this machine's own browser, because
 * behind a reverse proxy every request seems to come from this machine.
 */
export function setUpToken(config: Config): string {
  return secretFor(config, 'set-up');
}

/** Address of the set-up page in the client; what follows # is not sent to any server, so no log has it. */
export async function setUpPath(config: Config): Promise<string | undefined> {
  return (await isSetUpOpen()) ? `/set-up#${setUpToken(config)}` : undefined;
}

/** @throws setUpClosed, setUpTokenWrong, weakPassword */
export async function setUp(
  config: Config,
  { token, ...settings }: FirstSettings & { token: string },
  now: Date,
): Promise<void> {
  if (!(await isSetUpOpen())) throw setUpClosed({});
  if (!isSame(token, setUpToken(config))) throw setUpTokenWrong({});
  assertPassword(settings.password, settings);
  await takeOver(settings, now);
}

/**
 * The first start: the group, its first organisation and an administrator who cannot sign in until the set-up has
 * given them a password, here or through ADMIN_EMAIL and ADMIN_PASSWORD. Later starts change nothing.
 * @throws ConfigError when ADMIN_PASSWORD is one of the first that are guessed
 */
export async function startFirst(config: Config, now: Date): Promise<void> {
  const group = await groupOf(config.GROUP_NAME);
  if (group.setUpAt) return;
  await ensureFirstOrganisation(group);
  await ensureAdministrator(group);
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = config;
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined) return;
  const email = ADMIN_EMAIL.toLowerCase();
  if (passwordFault(ADMIN_PASSWORD, { email, name: firstName }))
    throw new ConfigError('ADMIN_PASSWORD: one of the first that are guessed; choose another');
  const kept = { groupName: group.name, organisationName: group.name, name: firstName };
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

/**
 * Closes the set-up last, so that a process which ends in between has not shut everybody out; a claim keeps a second
 * one from setting up meanwhile.
 * @throws setUpClosed, emailTaken, organisationExists
 */
async function takeOver(settings: FirstSettings, now: Date): Promise<void> {
  const password = await hashPassword(settings.password);
  const group = await GroupModel.findOneAndUpdate(
    {
      _id: 'group',
      setUpAt: null,
      $or: [{ claimedAt: null }, { claimedAt: { $lt: new Date(now.getTime() - claimLasts) } }],
    },
    { $set: { claimedAt: now } },
  );
  if (!group) throw setUpClosed({});
  const { name, email } = settings;
  try {
    const person = await PersonModel.findById(group.administrator).orFail();
    await person.set({ name, email, ...namesOf(name, email) }).save();
    const organisation = await OrganisationModel.findById(group.organisation).orFail();
    await organisation.set(described({ ...organisation.toObject(), name: settings.organisationName })).save();
    await setPassword(group.administrator, password);
    await GroupModel.updateOne({ _id: 'group' }, { $set: { setUpAt: now, name: settings.groupName } });
  } catch (error) {
    await GroupModel.updateOne({ _id: 'group' }, { $set: { claimedAt: null } });
    if (isDuplicate(error))
      throw (await PersonModel.exists({ email, _id: { $ne: group.administrator } }))
        ? emailTaken({ email })
        : organisationExists({ name: settings.organisationName });
    throw error;
  }
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
