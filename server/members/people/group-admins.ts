import type { ClientSession } from 'mongoose';
import { OrganisationModel } from '../organisations/model.ts';
import { lastGroupAdmin } from '../problems.ts';
import { GroupModel } from '../set-up/model.ts';
import { AccountModel, MembershipModel, PersonModel } from './model.ts';

/**
 * Called inside the transaction that takes the role or the standing of people away, after its writes. The write to
 * the group makes two such transactions at once conflict, so that they cannot each count on the other's administrator.
 * @throws lastGroupAdmin when nobody would be left who can sign in and has the role
 */
export async function assertGroupAdminRemains(session: ClientSession): Promise<void> {
  await GroupModel.updateOne({ _id: 'group' }, { $inc: { administratorChanges: 1 } }, { session });
  const people = await PersonModel.find({ groupRoles: /group-admin/, suspended: false }, '_id', { session });
  const ids = people.map(({ _id }) => _id);
  const suspended = await OrganisationModel.find({ suspended: true }, '_id', { session });
  const [out, able] = [
    await MembershipModel.find(
      { person: { $in: ids }, organisation: { $in: suspended.map(({ _id }) => _id) } },
      'person',
      { session },
    ),
    await AccountModel.find({ person: { $in: ids } }, 'person', { session }),
  ].map((found) => new Set(found.map(({ person }) => String(person)))) as [Set<string>, Set<string>];
  if (!ids.some((id) => able.has(String(id)) && !out.has(String(id)))) throw lastGroupAdmin({});
}
