import { createHash, timingSafeEqual } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Config } from '../../config.ts';
import { secretFor } from '../../secret.ts';
import { isDuplicate } from '../duplicate.ts';
import { GroupModel } from '../group/model.ts';
import { OrganisationModel, type StoredOrganisation } from '../organisations/model.ts';
import { described } from '../organisations/service.ts';
import { assertPassword } from '../password.ts';
import { namesOf, setPassword } from '../people/add.ts';
import { isAnybodyInCharge } from '../people/group-admins.ts';
import { PersonModel } from '../people/model.ts';
import { emailTaken, organisationExists, setUpClosed, setUpTokenWrong } from '../problems.ts';

const claimLasts = 60_000;

export interface FirstSettings {
  groupName: string;
  organisationName: string;
  organisationKind: StoredOrganisation['kind'];
  name: string;
  email: string;
  password: string;
}

/**
 * Whether the first administrator is still to be set up. Once it is not, it never is again: neither after the set-up
 * itself, nor when another administrator of the group was appointed meanwhile, as the last one cannot leave.
 */
export async function isSetUpOpen(): Promise<boolean> {
  if (!(await GroupModel.exists({ _id: 'group', setUpAt: null }))) return false;
  return !(await isAnybodyInCharge());
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
 * Closes the set-up last, so that a process which ends in between has not shut everybody out; a claim keeps a second
 * one from setting up meanwhile.
 * @throws setUpClosed, emailTaken, organisationExists
 */
export async function takeOver(settings: FirstSettings, now: Date): Promise<void> {
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
    const { organisationName, organisationKind } = settings;
    await organisation
      .set(described({ ...organisation.toObject(), name: organisationName, kind: organisationKind }))
      .save();
    await setPassword(group.administrator, password);
    await GroupModel.updateOne(
      { _id: 'group' },
      { $set: { setUpAt: now, name: settings.groupName }, $inc: { revision: 1 } },
    );
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
