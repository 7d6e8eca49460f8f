import { assertCan, type Member } from '../../access/index.ts';
import { forgetLabels } from '../directory.ts';
import { GroupModel } from './model.ts';

/** Gives the group another name. @throws signInNeeded, forbidden */
export async function editGroup(member: Member, name: string): Promise<{ name: string }> {
  assertCan(member, 'edit', 'group');
  await GroupModel.updateOne({ _id: 'group' }, { $set: { name } });
  forgetLabels();
  return { name };
}
