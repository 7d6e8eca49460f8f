import type { Audience } from './contract.ts';
import type { Member } from './member.ts';

/**
 * An audience as keys: a member sees a published thing exactly when one of its keys is among the member's
 * (`audienceKeysOf`). The database filter and the search filter compare these, so they cannot disagree.
 */
export function keysForAudience(audience: Audience, owner: { id: string; organisation: string }): string[] {
  const always = [`member:${owner.id}`, `admin:${owner.organisation}`, 'admin'];
  switch (audience.scope) {
    case 'self':
      return always;
    case 'organisation':
      return [...always, `organisation:${owner.organisation}`];
    case 'organisations': {
      const named = new Set([owner.organisation, ...(audience.organisations ?? [])]);
      return [...always, ...[...named].map((id) => `organisation:${id}`)];
    }
    case 'group':
      return [...always, 'group'];
    case 'public':
      return [...always, 'group', 'public'];
  }
}

/** The keys that a member holds. */
export function audienceKeysOf(member: Member): string[] {
  const keys = ['public'];
  if (member.id === '') return keys;
  if (member.roles.includes('system')) return ['public', 'group', 'admin'];
  keys.push('group', `organisation:${member.organisation}`, `member:${member.id}`);
  if (member.roles.includes('organisation-admin')) keys.push(`admin:${member.organisation}`);
  if (member.roles.includes('group-admin')) keys.push('admin');
  return keys;
}

/**
 * Whether all readers of an audience hold one of these keys. Readers are those whom the audience is for: not its owner,
 * nor administrators.
 */
export function isForAllOf(audienceKeys: readonly string[], keys: readonly string[]): boolean {
  for (const wide of ['public', 'group']) if (audienceKeys.includes(wide)) return keys.includes(wide);
  return audienceKeys
    .filter((key) => key.startsWith('organisation:'))
    .every((key) => keys.includes(key) || keys.includes('group'));
}
