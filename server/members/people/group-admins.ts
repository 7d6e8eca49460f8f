import type { Types } from 'mongoose';
import { OrganisationModel } from '../organisations/model.ts';
import { lastGroupAdmin } from '../problems.ts';
import { AccountModel, MembershipModel, PersonModel } from './model.ts';

/** Whom a change takes the role or the standing away from: somebody, or all of an organisation. */
type Leaving = { readonly person: Types.ObjectId } | { readonly organisation: Types.ObjectId };

/**
 * Makes a change that takes people their role or standing, unless nobody would be left who can sign in and administers
 * the group. Looking before keeps what is refused from ever being seen: whoever asked in between would be taken for
 * suspended, and remembered so. Looking after as well holds when two such changes meet: then both see that nobody is
 * left, and both are taken back.
 * @throws lastGroupAdmin
 */
export async function keepingAGroupAdmin(
  leaving: Leaving,
  change: () => Promise<unknown>,
  takeBack: () => Promise<unknown>,
): Promise<void> {
  if (!(await isAnybodyInCharge(leaving))) throw lastGroupAdmin({});
  await change();
  if (await isAnybodyInCharge()) return;
  await takeBack();
  throw lastGroupAdmin({});
}

/** Whether somebody administers the group who can sign in, also once these have left. */
export async function isAnybodyInCharge(leaving?: Leaving): Promise<boolean> {
  const inCharge = await PersonModel.find({ groupRoles: /group-admin/, suspended: false }, '_id').lean();
  const ids = inCharge
    .map(({ _id }) => _id)
    .filter((id) => !(leaving && 'person' in leaving && leaving.person.equals(id)));
  const suspended = await OrganisationModel.find({ suspended: true }, '_id').lean();
  const closed = suspended.map(({ _id }) => _id);
  if (leaving && 'organisation' in leaving) closed.push(leaving.organisation);
  const [out, able] = await Promise.all([
    MembershipModel.find({ userId: { $in: ids }, organizationId: { $in: closed } }).lean(),
    AccountModel.find({ userId: { $in: ids } }, 'userId').lean(),
  ]);
  const isOut = new Set(out.map(({ userId }) => String(userId)));
  return able.some(({ userId }) => !isOut.has(String(userId)));
}
