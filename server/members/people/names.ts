import { assertCan, type Member } from '../../access/index.ts';
import { personNames } from '../directory.ts';
import { typedFilter } from '../naming.ts';
import { MembershipModel, PersonModel } from './model.ts';

const mostColleagues = 20;

/**
 * What people are called, for labels and to choose whom to work with: those with these identifiers, and those of the
 * own organisation whom `q` finds, twenty at most.
 * @throws forbidden
 */
export async function namePeople(
  member: Member,
  { ids, q }: { ids: readonly string[]; q?: string | undefined },
) {
  assertCan(member, 'name', 'person');
  const names = await personNames(ids);
  if (q !== undefined) {
    const colleagues = await MembershipModel.distinct('userId', { organizationId: member.organisation });
    const found = await PersonModel.find(
      { $and: [{ _id: { $in: colleagues }, suspended: false }, typedFilter(q)] },
      'name',
    )
      .sort({ sortName: 1, _id: 1 })
      .limit(mostColleagues)
      .lean();
    for (const { _id, name } of found) names.set(String(_id), name);
  }
  return [...names].map(([id, name]) => ({ id, name }));
}
