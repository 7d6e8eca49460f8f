import { accessibleBy } from '@casl/mongoose';
import type { HydratedDocument, Model, QueryFilter, Types } from 'mongoose';
import { signInNeeded } from '../http/problems.ts';
import { abilityOf, can, canSome } from './ability.ts';
import { isVisitor, type Member } from './member.ts';
import { forbidden, notFound } from './problems.ts';
import type { Action, Subject } from './table.ts';

/** The rule as a database filter: matches exactly the things that the member may do this to. */
export function filterFor<Stored>(member: Member, action: Action, subject: Subject): QueryFilter<Stored> {
  const ability = abilityOf(member);
  if (!ability.can(action, subject)) return { _id: { $in: [] } } as QueryFilter<Stored>;
  return accessibleBy(ability, action).ofType(subject) as QueryFilter<Stored>;
}

/**
 * Finds the one thing, for doing this to it.
 * @throws notFound when the member may not even know of it; forbidden (or signInNeeded, for a visitor) when they
 *   may see it but not do this
 */
export async function findFor<Stored>(
  member: Member,
  action: Action,
  subject: Subject,
  model: Model<Stored>,
  id: string,
): Promise<HydratedDocument<Stored>> {
  const found = await model.findById(id);
  if (!found || !can(member, 'read', subject, found)) throw notFound({});
  if (!can(member, action, subject, found)) throw refusal(member);
  return found as HydratedDocument<Stored>;
}

/**
 * Reads the one thing as stored, without a document around it: quicker, for answering.
 * @param fields what is wanted; those that the table's conditions ask for must be among them
 * @throws as findFor
 */
export async function readFor<Stored>(
  member: Member,
  action: Action,
  subject: Subject,
  model: Model<Stored>,
  id: string,
  fields?: Readonly<Record<string, 0 | 1>>,
): Promise<Stored & { _id: Types.ObjectId }> {
  const found = (await model.findById(id, fields).lean()) as (Stored & { _id: Types.ObjectId }) | null;
  if (!found || !can(member, 'read', subject, found)) throw notFound({});
  if (!can(member, action, subject, found)) throw refusal(member);
  return found;
}

/** @throws forbidden (or signInNeeded, for a visitor) unless the member may do this to anything of this kind. */
export function assertCan(member: Member, action: Action, subject: Subject, thing?: object): void {
  if (!(thing ? can(member, action, subject, thing) : canSome(member, action, subject)))
    throw refusal(member);
}

function refusal(member: Member) {
  return isVisitor(member) ? signInNeeded({}) : forbidden({});
}
