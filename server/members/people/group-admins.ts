import { OrganisationModel } from '../organisations/model.ts';
import { lastGroupAdmin } from '../problems.ts';
import { AccountModel, MembershipModel, PersonModel } from './model.ts';

/**
 * Makes a change that takes the role or the standing of people away, and takes it back when nobody would be left who
 * can sign in and administers the group. Looking after the change, not before, holds when two such changes meet: then
 * both see that nobody is left.
 * @throws lastGroupAdmin
 */
export async function keepingAGroupAdmin(
  change: () => Promise<unknown>,
  takeBack: () => Promise<unknown>,
): Promise<void> {
  await change();
  if (await isAnybodyInCharge()) return;
  await takeBack();
  throw lastGroupAdmin({});
}

/** Whether somebody administers the group who can sign in. */
export async function isAnybodyInCharge(): Promise<boolean> {
  const people = await PersonModel.find({ groupRoles: /group-admin/, suspended: false }, '_id').lean();
  const ids = people.map(({ _id }) => _id);
  const suspended = await OrganisationModel.find({ suspended: true }, '_id').lean();
  const [out, able] = await Promise.all([
    MembershipModel.find({
      userId: { $in: ids },
      organizationId: { $in: suspended.map(({ _id }) => _id) },
    }).lean(),
    AccountModel.find({ userId: { $in: ids } }, 'userId').lean(),
  ]);
  const isOut = new Set(out.map(({ userId }) => String(userId)));
  return able.some(({ userId }) => !isOut.has(String(userId)));
}
