import { createHash, timingSafeEqual } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import mongoose from 'mongoose';
import { type Config, ConfigError } from '../../config.ts';
import { secretFor } from '../../secret.ts';
import { isDuplicate } from '../duplicate.ts';
import { OrganisationModel } from '../organisations/model.ts';
import { described } from '../organisations/service.ts';
import { assertPassword, passwordFault } from '../password.ts';
import { insertPeople, namesOf, setPassword } from '../people/add.ts';
import { MembershipModel, PersonModel } from '../people/model.ts';
import { setUpClosed, setUpTokenWrong } from '../problems.ts';
import { GroupModel } from './model.ts';

/** Where the first administrator's mail goes until they say: nowhere (RFC 2606, section 2). */
const nobody = 'administrator@courseyard.invalid';

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
  if (!(await GroupModel.exists({ _id: 'group' }))) await createGroup(config.GROUP_NAME);
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = config;
  if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD === undefined || !(await isSetUpOpen())) return;
  const email = ADMIN_EMAIL.toLowerCase();
  const group = await GroupModel.findById('group').orFail();
  const organisation = await OrganisationModel.findOne().sort({ _id: 1 }).orFail();
  const person = await PersonModel.findOne({ email: nobody }).orFail();
  if (passwordFault(ADMIN_PASSWORD, { email, name: person.name }))
    throw new ConfigError('ADMIN_PASSWORD: one of the first that are guessed; choose another');
  const kept = { groupName: group.name, organisationName: organisation.name, name: person.name };
  try {
    await takeOver({ ...kept, email, password: ADMIN_PASSWORD }, now);
  } catch (error) {
    // Another process of the same first start was quicker, with the same settings.
    if (await isSetUpOpen()) throw error;
  }
}

async function createGroup(name: string): Promise<void> {
  try {
    await mongoose.connection.transaction(async (session) => {
      await GroupModel.create([{ _id: 'group', name }], { session });
      const first = described({ name, kind: 'association', shortName: '', region: '' });
      const [organisation] = await OrganisationModel.create([first], { session });
      if (!organisation) throw new Error('The first organisation was not stored');
      await insertPeople(
        organisation._id,
        [
          {
            name: '集团管理员',
            email: nobody,
            roles: ['organisation-admin'],
            groupRoles: ['group-admin'],
          },
        ],
        [undefined],
        session,
      );
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error; // Two processes start for the first time: one of them creates the group.
  }
}

/** Of two at once, one finds the set-up open. @throws setUpClosed */
async function takeOver(settings: FirstSettings, now: Date): Promise<void> {
  const digest = await hashPassword(settings.password);
  await mongoose.connection.transaction(async (session) => {
    const group = await GroupModel.findOneAndUpdate(
      { _id: 'group', setUpAt: null },
      { $set: { setUpAt: now, name: settings.groupName } },
      { session },
    );
    if (!group) throw setUpClosed({});
    const person = await PersonModel.findOne({ email: nobody }).session(session).orFail();
    person.set({
      name: settings.name,
      email: settings.email,
      ...namesOf(settings.name, settings.email),
    });
    await person.save({ session });
    await setPassword(person._id, digest, session);
    const membership = await MembershipModel.findOne({ person: person._id }).session(session).orFail();
    const organisation = await OrganisationModel.findById(membership.organisation).session(session).orFail();
    organisation.set(described({ ...organisation.toObject(), name: settings.organisationName }));
    await organisation.save({ session });
  });
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [given, right].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
