import { assertCan, type Member } from '../../access/index.ts';
import { assertRevision } from '../../http/index.ts';
import { forgetLabels } from '../directory.ts';
import { type GroupDocument, GroupModel } from './model.ts';

/** The group, which is there since the first start; anybody may know how it is called. */
export async function getGroup(): Promise<GroupDocument> {
  return GroupModel.findById('group').orFail();
}

/** Gives the group another name. @throws signInNeeded, forbidden, changedMeanwhile */
export async function editGroup(member: Member, name: string, ifMatch?: number): Promise<GroupDocument> {
  assertCan(member, 'edit', 'group');
  const group = await getGroup();
  assertRevision(group, ifMatch);
  group.name = name;
  await group.save();
  forgetLabels();
  return group;
}
