import { createMongoAbility, type MongoAbility } from '@casl/ability';
import type { Member } from './member.ts';
import { type Action, conditions, type Subject, table } from './table.ts';

type Thing = Record<PropertyKey, unknown>;
type Ability = MongoAbility<[Action, Subject | Thing]>;

/** One ability a member object: they are frozen and live as long as a request or a cached session. */
const abilities = new WeakMap<Member, Ability>();

/** The rows of the table that apply to a member, with the member's own values filled in. */
export function abilityOf(member: Member): Ability {
  const known = abilities.get(member);
  if (known) return known;
  const rows = new Map(
    table.filter(([role]) => member.roles.includes(role)).map((row) => [JSON.stringify(row.slice(1)), row]), // what two roles share counts once: shorter filters
  );
  const rules = [...rows.values()].map(([, action, subject, condition]) => {
    const filled = conditions[condition](member);
    return { action: [...action], subject, ...(Object.keys(filled).length > 0 && { conditions: filled }) };
  });
  const ability = createMongoAbility<Ability>(rules);
  abilities.set(member, ability);
  return ability;
}

/**
 * Whether a member may do something to this thing, given as it is stored (a plain object or a document). Every row of
 * the table allows, so one that holds is enough.
 */
export function can(member: Member, action: Action, subject: Subject, thing: object): boolean {
  const stored = plain(thing);
  return abilityOf(member)
    .rulesFor(action, subject)
    .some((rule) => rule.matchesConditions(stored));
}

/** Whether there is anything of this kind that a member may do it to: for menus, and for creating. */
export function canSome(member: Member, action: Action, subject: Subject): boolean {
  return abilityOf(member).can(action, subject);
}

/** Those of the actions that a member may do to this thing: the `can` of an answer. */
export function actionsOn<const A extends Action>(
  member: Member,
  subject: Subject,
  thing: object,
  among: readonly A[],
): A[] {
  return among.filter((action) => can(member, action, subject, thing));
}

function plain(thing: object): Thing {
  return 'toObject' in thing && typeof thing.toObject === 'function'
    ? thing.toObject({ virtuals: true })
    : (thing as Thing);
}
